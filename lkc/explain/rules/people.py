"""Somebody who is not where he thinks he is: on an order, on any account, or on the account of an order."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase, key_file_orders
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.explain.rules.addresses import other_address
from lkc.explain.standing import asks_of_himself, is_named_by
from lkc.feed import KEY_FILE
from lkc.keycenter.facts import AccountFacts, accounts_like, find_account, find_received
from lkc.keycenter.models import Role
from lkc.world.timeline import latest_event

# How many accounts one finding names at most.
FEW = 3
_JOIN = (
    "Join that account with its number and a sales order number of it, or have an administrator of it add the address."
)


def not_on_the_order(case: Case) -> Iterator[Finding]:
    """The contact of an order who is none of its registered end users gets no second mail (documented: Q7)."""
    for order in key_file_orders(case):
        document = order.booked.document  # type: ignore[union-attr] # such an order is there
        if case.email is None or document.cancelled or document.contact.email.lower() != case.email:
            continue
        if case.is_enrolled(order) or other_address(order, case.email):
            continue
        people = sorted(person.email for person in order.received.enrolled)  # type: ignore[union-attr] # likewise
        wanted = [*document.registered_end_users, document.contact]
        yield Finding(
            question=7,
            code="not-on-order",
            statement=f"{case.email} is the contact of order {order.number} and none of its registered end users: the "
            "second mail went to those alone.",
            evidence=(Evidence("keycenter", f"order {order.number} enrols: {', '.join(people) or 'nobody'}"),),
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
    account = _account_of_his_order(case)
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
    asked = _asked_about(case) - mine
    for number in sorted(asked):
        account = find_account(case.world, number)
        if account is not None:
            yield _another(case, account) if _is_akin(case, account) else _a_strangers(case, account)
    if asks_of_himself(case):
        similar = {one.account_id: one for one in _similar(case) if one.account_id not in mine | asked}
        if similar:
            yield _others(case, [similar[number] for number in sorted(similar)])


def _another(case: Case, account: AccountFacts) -> Finding:
    """The account of what is asked about, which is another one of the same company."""
    return Finding(
        question=12,
        code="on-another-account",
        statement=f"Account {account.account_id} of {account.name}, ICN {account.icn}, is another account than those "
        f"of {case.email}, who sees nothing of what is on it.",
        evidence=_own_accounts(case),
        remedy=_JOIN,
        action=_addition(case, account),
    )


def _a_strangers(case: Case, account: AccountFacts) -> Finding:
    """What is asked about belongs to another company: no number is told with which one could join (own rule)."""
    named = f" {account.account_id}" if account.account_id == case.subject.account_id else ""
    return Finding(
        question=12,
        code="on-another-account",
        statement=f"What is asked about is on an account{named} of another customer than that of {case.email}, who "
        "sees nothing of what is on it.",
        evidence=_own_accounts(case),
        remedy="Have an administrator of that account add the address, if it belongs there.",
    )


def _others(case: Case, accounts: list[AccountFacts]) -> Finding:
    """Accounts of the same company on which what is missing may be; nobody has said that it is."""
    shown = [f"{account.account_id} of {account.name}, ICN {account.icn}" for account in accounts[:FEW]]
    several = len(shown) > 1
    which = f"Accounts {'; '.join(shown)}" if several else f"Account {shown[0]}"
    which += ", and more," if len(accounts) > FEW else ","
    return Finding(
        question=12,
        code="on-another-account",
        statement=f"{which} {'are other accounts' if several else 'is another account'} than those of {case.email}, "
        f"who sees nothing of what is on {'them' if several else 'it'}.",
        evidence=_own_accounts(case),
        remedy=_JOIN,
    )


def _asked_about(case: Case) -> set[str]:
    """The accounts of the order, license, account or mail that is named, or of the orders that name who asks."""
    subject = case.subject
    if case.account is not None:
        return {case.account.account_id}
    received = [order.received for order in case.orders]
    if subject.order_number is None and case.license is None and not asks_of_himself(case):
        number = None if case.message is None else case.message.order_number
        received = [None if number is None else find_received(case.world, number)]
    return {one.account_id for one in received if one is not None}


def _is_akin(case: Case, account: AccountFacts) -> bool:
    """Whether an account is of the same company as one of the person who asks, or has an order that names him."""
    colleagues = any(email.endswith(f"@{_domain(case)}") for email in account.roles)
    akin = any(account.icn == own.icn or (colleagues and account.name == own.name) for own in case.accounts)
    return akin or any(
        order.received is not None and order.received.account_id == account.account_id and is_named_by(case, order)
        for order in case.orders
    )


def _similar(case: Case) -> list[AccountFacts]:
    return [one for own in case.accounts[:FEW] for one in accounts_like(case.world, own, _domain(case), 2 * FEW)]


def _domain(case: Case) -> str:
    return (case.email or "").rpartition("@")[2]


def _own_accounts(case: Case) -> tuple[Evidence, ...]:
    return tuple(
        Evidence("keycenter", f"{case.email} is on account {own.account_id}: {own.name}, ICN {own.icn}")
        for own in case.accounts[:FEW]
    )


def _will_enrol(order: OrderCase, email: str) -> bool:
    """Whether an order makes somebody a registered end user once it reaches the key center."""
    if order.received is not None or order.booked is None or order.is_cancelled or not order.has(KEY_FILE):
        return False
    document = order.booked.document
    people = document.registered_end_users or (document.contact,)
    return email in {person.email.lower() for person in people}


def _account_of_his_order(case: Case) -> AccountFacts | None:
    """The account of an order that names the person who asks; nobody belongs onto one by his mail domain."""
    for order in case.orders:
        if order.received is not None and is_named_by(case, order):
            return find_account(case.world, order.received.account_id)
    return None


def _administrator(account: AccountFacts) -> str:
    return next((email for email, role in account.roles.items() if role == Role.ADMINISTRATOR), "its administrator")


def _addition(case: Case, account: AccountFacts) -> Action | None:
    """The call that adds the person who asks to an account; None where he was taken off it on purpose."""
    event = latest_event(case.world, "member-removed", "member-added", account_id=account.account_id, email=case.email)
    if event is not None and event.kind == "member-removed":
        return None
    names = {email: name for own in case.accounts for email, name in own.names.items()}
    email = case.email or ""
    body = {"name": names.get(email, email.partition("@")[0]), "email": email}
    return Action("POST", f"/lkc/api/v1/accounts/{account.account_id}/members", body)
