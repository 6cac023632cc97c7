"""Somebody who is not where he thinks he is: on an order, on any account, or on the account of an order."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.explain.rules.addresses import other_address
from lkc.explain.standing import asks_of_himself, is_named_by
from lkc.feed import KEY_FILE
from lkc.keycenter.facts import AccountFacts, accounts_like, find_account, find_received
from lkc.keycenter.models import Role
from lkc.mail.senders import senders
from lkc.ordering.models import Status
from lkc.world.timeline import latest_event

# How many accounts one finding names at most.
FEW = 3
_JOIN = (
    "Join that account with its Account ID and a Sales Order Number of it, or have one of its administrators add the "
    "address."
)


def not_on_the_order(case: Case) -> Iterator[Finding]:
    """The contact of an order who is none of its registered end users gets no second mail (documented: Q7)."""
    for order in case.orders:
        if not _is_left_out(case, order):
            continue
        document = order.booked.document  # type: ignore[union-attr] # such an order is there
        people = sorted(person.email for person in order.received.enrolled)  # type: ignore[union-attr] # likewise
        wanted = [*document.registered_end_users, document.contact]
        yield Finding(
            question=7,
            code="not-on-order",
            statement=f"{case.email} is the contact of order {order.number}, but none of its registered end users; the "
            "second mail goes to registered end users only.",
            evidence=(Evidence("keycenter", f"order {order.number} enrols {', '.join(people) or 'nobody'}"),),
            remedy=f"Have {case.email} added to the registered end users of the order, and the order submitted again.",
            action=Action(
                "PATCH",
                f"/ordering/api/v1/orders/{order.number}?submit=true",
                {"registered_end_users": [{"name": person.name, "email": person.email} for person in wanted]},
            ),
        )


def on_no_account(case: Case) -> Iterator[Finding]:
    """The Password Finder writes to registered end users only (documented: Q10).

    Whom an order names that has not arrived yet becomes one by its arrival: then that is the cause. Who has ordered
    nothing but entitlements of tokens, or asks about these, misses no account unless he has asked the Password Finder.
    """
    if (
        case.email is None
        or case.email in senders()
        or case.accounts
        or any(_will_enrol(order, case.email) for order in case.orders)
    ):
        return
    event = latest_event(case.world, "password-finder-unknown", email=case.email)
    if event is None and _needs_no_account(case):
        return
    account = _account_of_his_order(case)
    curing = next((order for order in case.orders if _enrols_when_put_right(case, order)), None)
    if curing is not None:
        remedy = f"This ends by itself when order {curing.number} has been put right and submitted again."
    else:
        of_it = "" if account is None else f" {account.account_id}, for instance {_administrator(account)},"
        remedy = f"Have an administrator of {'account' if account else 'the account'}{of_it} add the address."
    yield Finding(
        question=10,
        code="not-registered",
        statement=f"{case.email} is no registered end user of any account, so the Password Finder sends nothing to "
        "this address.",
        evidence=(Evidence("keycenter", f"{case.email} is on no account"), *((told(event),) if event else ())),
        remedy=remedy,
        action=None if account is None or curing is not None else _addition(case, account),
    )


def _is_left_out(case: Case, order: OrderCase) -> bool:
    """Whether the person who asks is the contact of an order and nothing else there."""
    if order.received is None or order.booked is None or not order.has(KEY_FILE) or case.email is None:
        return False
    document = order.booked.document
    if document.cancelled or document.contact.email.lower() != case.email:
        return False
    return not case.is_enrolled(order) and other_address(order, case.email) is None


def _enrols_when_put_right(case: Case, order: OrderCase) -> bool:
    """Whether what another finding tells of an order enrols the person who asks, once it is cured."""
    if order.received is None or order.booked is None or order.is_cancelled or not order.has(KEY_FILE):
        return False
    email, document = case.email or "", order.booked.document
    people = {person.email.lower() for person in document.registered_end_users or (document.contact,)}
    is_changed = order.booked.status is Status.CHANGED or document.submission > order.received.submission
    return (is_changed and email in people) or _is_left_out(case, order) or other_address(order, email) is not None


def _needs_no_account(case: Case) -> bool:
    """Whether somebody's orders, or what he asks about, are for the token service alone."""
    subject = case.subject
    is_about_tokens = subject.token is not None or subject.installation is not None
    if is_about_tokens and subject.order_number is None and subject.license_id is None and case.account is None:
        return True
    own = [order for order in case.orders if is_named_by(case, order)]
    return bool(own) and not any(order.has(KEY_FILE) or order.received is not None for order in own)


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
        statement=f"What is asked about is on account {account.account_id} of {account.name}, ICN {account.icn}; "
        f"{case.email} is not on that account and sees nothing of it.",
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
        statement=f"What is asked about is on an account{named} of another customer; {case.email} is not on that "
        "account and sees nothing of it.",
        evidence=_own_accounts(case),
        remedy="Have an administrator of that account add the address, if it belongs there.",
    )


def _others(case: Case, accounts: list[AccountFacts]) -> Finding:
    """Accounts of the same company on which what is missing may be; nobody has said that it is."""
    shown = [f"{account.account_id} of {account.name}, ICN {account.icn}" for account in accounts[:FEW]]
    several = len(shown) > 1
    which = f"accounts {'; '.join(shown)}" if several else f"account {shown[0]}"
    which += ", and more" if len(accounts) > FEW else ""
    return Finding(
        question=12,
        code="on-another-account",
        statement=f"{case.email} is not on {which}: whatever is missing may be there, and cannot be seen without "
        f"joining.",
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
    email = case.email or ""
    names = dict(_names_in(case.orders))
    names |= {email: name for own in case.accounts for email, name in own.names.items()}
    body = {"name": names.get(email, email.partition("@")[0]), "email": email}
    return Action("POST", f"/lkc/api/v1/accounts/{account.account_id}/members", body)


def _names_in(orders: list[OrderCase]) -> Iterator[tuple[str, str]]:
    """The names that orders have, by address."""
    for order in orders:
        if order.booked is not None:
            document = order.booked.document
            for person in (document.contact, *document.registered_end_users):
                yield person.email.lower(), person.name
