"""Members who could not be added, changed or removed, and joins that were refused (Q11)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from lkc.explain.case import Case
from lkc.explain.findings import Action, Finding, told
from lkc.keycenter.facts import AccountFacts, ReceivedFacts, find_account, find_received
from lkc.keycenter.models import Role
from lkc.world.models import Event
from lkc.world.timeline import latest_each, latest_event

CHANGED = ("member-changed", "member-removed")


def wrong_pair(case: Case) -> Iterator[Finding]:
    """Joining takes an Account ID and a Sales Order Number of that account (documented: swg21610380).

    Of several attempts the last one is told that has come to nothing.
    """
    if case.email is None:
        return
    for event in latest_each(case.world, "join-refused", "account_id", email=case.email).values():
        pair = json.loads(event.subject)
        account, order = find_account(case.world, pair["account_id"]), find_received(case.world, pair["order_number"])
        if _has_joined(case, event, account, order):
            continue
        whose = "there is no such order" if order is None else f"that order is on account {order.account_id}"
        known = "" if account else ", and there is no such account"
        yield Finding(
            question=11,
            code="wrong-pair",
            statement=f"{case.email} could not join account {pair['account_id']} with Sales Order Number "
            f"{pair['order_number']}: {whose}{known}.",
            evidence=(told(event),),
            remedy="Take both numbers from one and the same e-delivery mail, and join again.",
        )
        return


def last_administrator(case: Case) -> Iterator[Finding]:
    """An account keeps its last administrator (own rule)."""
    for account in _accounts(case):
        administrators = administrators_of(account)
        if len(administrators) != 1:
            continue
        [only] = administrators
        event = latest_event(case.world, "administrator-kept", account_id=account.account_id, email=only)
        if event is None or _changed_since(case, event, account.account_id, only):
            continue
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
    """Only administrators change members (documented: Q11); told until the change was made, or its asker changed."""
    for account in _accounts(case):
        asked = {} if case.email is None else {"email": case.email}
        refused = latest_each(case.world, "members-refused", "email", account_id=account.account_id, **asked)
        for who, event in refused.items():
            if (
                account.roles.get(who) != Role.MEMBER
                or _changed_since(case, event, account.account_id, who)
                or _is_made(case, event, account)
            ):
                continue
            yield Finding(
                question=11,
                code="not-administrator",
                statement=f"{who} is an ordinary member of account {account.account_id} and may change nobody; "
                f"its administrator is {', '.join(administrators_of(account))}.",
                evidence=(told(event),),
                remedy="Have an administrator make the change; others join by themselves with Account ID and Sales "
                "Order Number.",
            )


def _has_joined(case: Case, refused: Event, account: AccountFacts | None, order: ReceivedFacts | None) -> bool:
    """Whether somebody is on the account that he could not join, or was put on the one that he has an order of."""
    email = case.email or ""
    if account is not None:
        if email in account.roles or _changed_since(case, refused, account.account_id, email):
            return True
        if order is None:
            return False
    meant = {} if order is None else {"account_id": order.account_id}
    return latest_event(case.world, "member-added", after=refused.id, email=email, **meant) is not None


def _changed_since(case: Case, event: Event, account_id: str, email: str) -> bool:
    """Whether a member of an account was changed or removed after an event."""
    return latest_event(case.world, *CHANGED, after=event.id, account_id=account_id, email=email) is not None


def _is_made(case: Case, refused: Event, account: AccountFacts) -> bool:
    """Whether the change that was refused has been made by somebody else."""
    wish = json.loads(refused.subject)
    if wish.get("wanted") is None:
        return False
    if wish["wanted"] == "member-added":
        return wish["member"] in account.roles
    number, member = account.account_id, wish["member"]
    return latest_event(case.world, wish["wanted"], after=refused.id, account_id=number, email=member) is not None


def administrators_of(account: AccountFacts) -> list[str]:
    """The addresses of the administrators of an account, in the order in which they came."""
    return [email for email, role in account.roles.items() if role == Role.ADMINISTRATOR]


def _accounts(case: Case) -> list[AccountFacts]:
    """The account that is named, or those of the person who asks."""
    return [case.account] if case.account is not None else case.accounts


def _path(account: AccountFacts) -> str:
    return f"/lkc/api/v1/accounts/{account.account_id}/members"
