"""Somebody who is not where he thinks he is: on an order, on any account, or on the account of an order."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase, key_file_orders
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.explain.rules.addresses import other_address
from lkc.feed import KEY_FILE
from lkc.keycenter.facts import AccountFacts, accounts_like, accounts_of_domain, find_account
from lkc.keycenter.models import Role
from lkc.world.timeline import latest_event


def not_on_the_order(case: Case) -> Iterator[Finding]:
    """The contact of an order who is none of its registered end users gets no second mail (documented: Q7)."""
    for order in key_file_orders(case):
        document = order.booked.document  # type: ignore[union-attr] # such an order is there
        if case.email is None or document.cancelled or document.contact.email.lower() != case.email:
            continue
        if case.is_enrolled(order) or other_address(order, case.email):
            continue
        people = {person.email.lower() for person in document.registered_end_users}
        wanted = [*document.registered_end_users, document.contact]
        yield Finding(
            question=7,
            code="not-on-order",
            statement=f"{case.email} is the contact of order {order.number} and none of its registered end users: the "
            "second mail went to those alone.",
            evidence=(Evidence("keycenter", f"order {order.number} enrols: {', '.join(sorted(people)) or 'nobody'}"),),
            remedy="Have the registered end users of the order completed and the order submitted again.",
            action=Action(
                "PATCH",
                f"/ordering/api/v1/orders/{order.number}?submit=true",
                {"registered_end_users": [{"name": person.name, "email": person.email} for person in wanted]},
            ),
        )


def on_no_account(case: Case) -> Iterator[Finding]:
    """The Password Finder writes to registered end users only (documented: Q10).

    Whom an order names that has not arrived yet becomes one by its arrival: then that is the cause.
    """
    if case.email is None or case.accounts or any(_will_enrol(order, case.email) for order in case.orders):
        return
    event = latest_event(case.world, "password-finder-unknown", email=case.email)
    account = _likely_account(case)
    yield Finding(
        question=10,
        code="not-registered",
        statement=f"{case.email} is a registered end user of no account, so the Password Finder writes nothing to it.",
        evidence=(Evidence("keycenter", f"{case.email} is on no account"), *((told(event),) if event else ())),
        remedy="Have an administrator of the account add the address"
        + (f", for account {account.account_id} for instance {_administrator(account)}." if account else "."),
        action=None if account is None else _addition(case, account),
    )


def on_another_account(case: Case) -> Iterator[Finding]:
    """An order under another customer number or name is on another account (documented: Q12)."""
    if case.email is None or not case.accounts:
        return
    mine = {account.account_id for account in case.accounts}
    found = {account.account_id: account for own in case.accounts for account in accounts_like(case.world, own)}
    for order in case.orders:
        if order.received is not None and (account := find_account(case.world, order.received.account_id)):
            found[account.account_id] = account
    named = case.subject.order_number is not None
    asked = {order.received.account_id for order in case.orders if order.received is not None}
    for number in sorted(found.keys() - mine):
        account = found[number]
        if named and number not in asked:
            continue
        yield Finding(
            question=12,
            code="on-another-account",
            statement=f"Account {number} of {account.name}, ICN {account.icn}, is another account than those of "
            f"{case.email}, who sees nothing of what is on it.",
            evidence=tuple(
                Evidence("keycenter", f"{case.email} is on account {own.account_id}: {own.name}, ICN {own.icn}")
                for own in case.accounts
            ),
            remedy="Join that account with its number and a sales order number of it, or have an administrator of it "
            "add the address.",
            action=_addition(case, account),
        )


def _will_enrol(order: OrderCase, email: str) -> bool:
    """Whether an order makes somebody a registered end user once it reaches the key center."""
    if order.received is not None or order.booked is None or order.is_cancelled or not order.has(KEY_FILE):
        return False
    document = order.booked.document
    people = document.registered_end_users or (document.contact,)
    return email in {person.email.lower() for person in people}


def _likely_account(case: Case) -> AccountFacts | None:
    """The account onto which somebody probably belongs: that of an order which names him, or of his colleagues."""
    for order in case.orders:
        if order.received is not None:
            return find_account(case.world, order.received.account_id)
    domain = (case.email or "").rpartition("@")[2]
    return next(iter(accounts_of_domain(case.world, domain)), None)


def _administrator(account: AccountFacts) -> str:
    return next((email for email, role in account.roles.items() if role == Role.ADMINISTRATOR), "its administrator")


def _addition(case: Case, account: AccountFacts) -> Action:
    names = {email: name for own in case.accounts for email, name in own.names.items()}
    email = case.email or ""
    body = {"name": names.get(email, email.partition("@")[0]), "email": email}
    return Action("POST", f"/lkc/api/v1/accounts/{account.account_id}/members", body)
