"""Members who could not be added, changed or removed, and joins that were refused (Q11)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from lkc.explain.case import Case
from lkc.explain.findings import Action, Finding, told
from lkc.keycenter.facts import AccountFacts, find_account, find_received
from lkc.keycenter.models import Role
from lkc.world.timeline import latest_event

CHANGES = ("member-added", "member-changed", "member-removed")


def wrong_pair(case: Case) -> Iterator[Finding]:
    """Joining takes an Account ID and a Sales Order Number of that account (documented: swg21610380)."""
    event = latest_event(case.world, "join-refused", "member-added", email=case.email) if case.email else None
    if event is None or event.kind != "join-refused":
        return
    pair = json.loads(event.subject)
    order = find_received(case.world, pair["order_number"])
    whose = "there is no such order" if order is None else f"that order is on account {order.account_id}"
    known = "" if find_account(case.world, pair["account_id"]) else ", and there is no such account"
    yield Finding(
        question=11,
        code="wrong-pair",
        statement=f"{case.email} could not join account {pair['account_id']} with Sales Order Number "
        f"{pair['order_number']}: {whose}{known}.",
        evidence=(told(event),),
        remedy="Take both numbers from one and the same e-delivery mail, and join again.",
    )


def last_administrator(case: Case) -> Iterator[Finding]:
    """An account keeps its last administrator (own rule)."""
    for account in _accounts(case):
        event = latest_event(case.world, "administrator-kept", account_id=account.account_id)
        if event is None or administrators_of(account) != [json.loads(event.subject)["email"]]:
            continue
        only = administrators_of(account)[0]
        other = next((email for email in account.roles if email != only), None)
        yield Finding(
            question=11,
            code="last-administrator",
            statement=f"{only} is the only administrator of account {account.account_id} and can be neither removed "
            "nor made an ordinary member before there is another.",
            evidence=(told(event),),
            remedy="Make another member administrator first.",
            action=None
            if other is None
            else Action("PATCH", f"{_path(account)}/{quote(other)}", {"role": Role.ADMINISTRATOR.value}, "member"),
        )


def not_administrator(case: Case) -> Iterator[Finding]:
    """Only administrators change members (documented: Q11); asked until somebody has changed them since."""
    for account in _accounts(case):
        event = latest_event(case.world, "members-refused", *CHANGES, account_id=account.account_id)
        if event is None or event.kind != "members-refused":
            continue
        who = json.loads(event.subject)["email"]
        if case.email in {None, who} and account.roles.get(who) == Role.MEMBER:
            yield Finding(
                question=11,
                code="not-administrator",
                statement=f"{who} is an ordinary member of account {account.account_id} and may change nobody; "
                f"its administrator is {', '.join(administrators_of(account))}.",
                evidence=(told(event),),
                remedy="Have an administrator make the change; others join by themselves with Account ID and Sales "
                "Order Number.",
            )


def administrators_of(account: AccountFacts) -> list[str]:
    """The addresses of the administrators of an account, in the order in which they came."""
    return [email for email, role in account.roles.items() if role == Role.ADMINISTRATOR]


def _accounts(case: Case) -> list[AccountFacts]:
    """The account that is named, or those of the person who asks."""
    return [case.account] if case.account is not None else case.accounts


def _path(account: AccountFacts) -> str:
    return f"/lkc/api/v1/accounts/{account.account_id}/members"
