"""Whether a token, or a mail, has anything to do with the order or account that is named beside it (Q18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lkc.explain.refusals import WORDS, NotConnected
from lkc.keycenter.facts import find_account
from lkc.ordering.facts import namesakes_of, orders_of
from lkc.ordering.models import BookedOrder
from lkc.world.session import WorldSession

if TYPE_CHECKING:
    from lkc.explain.case import Case, OrderCase

# So many customer numbers of one name, and so many orders of each, are looked at.
FEW = 20


def check_connections(case: Case) -> None:
    """Refuses a token or mail beside an order, license or account with which nothing on record connects it.

    One company's orders may be under several customer numbers (documented: Q18): a token of either belongs to both.
    Raises NotConnected.
    """
    order = case.orders[0] if case.subject.order_number is not None or case.license is not None else None
    if order is not None and case.message is not None and case.message.order_number not in {None, order.number}:
        where = f"mail {case.message.id} is about order {case.message.order_number}"
        raise _apart(case, where, message_id=str(case.message.id), **_named(case, order))
    if case.token is None or case.installation is not None:
        return
    icn = case.account.icn if case.account is not None else None if order is None else _icn_of(case.world, order)
    if icn is None or _is_one_company(case.world, case.token.icn, icn):
        return
    where = f"the token is of ICN {case.token.icn}, the {WORDS[next(iter(_named(case, order)))]} of ICN {icn}"
    raise _apart(case, where, token=case.token.token, **_named(case, order))


def people_of(order: BookedOrder) -> set[str]:
    """The addresses of everybody whom an order names."""
    document = order.document
    return {person.email.lower() for person in (document.contact, *document.registered_end_users)}


def domains_of(orders: list[BookedOrder]) -> set[str]:
    """The mail domains of everybody whom these orders name."""
    return {email.rpartition("@")[2] for order in orders for email in people_of(order)}


def _icn_of(world: WorldSession, order: OrderCase) -> str | None:
    if order.booked is not None:
        return order.booked.document.icn
    account = None if order.received is None else find_account(world, order.received.account_id)
    return None if account is None else account.icn


def _is_one_company(world: WorldSession, icn: str, other: str) -> bool:
    """Whether two customer numbers are one, have one name, or have orders that name people of one mail domain."""
    if icn == other or other in namesakes_of(world, icn, FEW):
        return True
    return bool(domains_of(orders_of(world, icn, FEW)) & domains_of(orders_of(world, other, FEW)))


def _named(case: Case, order: OrderCase | None) -> dict[str, str]:
    """What is named beside the token or mail."""
    if case.account is not None and order is None:
        return {"account_id": case.account.account_id}
    if case.license is not None and case.subject.order_number is None:
        return {"license_id": case.license.license_id}
    return {} if order is None else {"order_number": order.number}


def _apart(case: Case, where: str, **parts: str) -> NotConnected:
    (one, value), (other, other_value) = parts.items()
    names = f"nothing on record connects {WORDS[one]} {value} and {WORDS[other]} {other_value}"
    return NotConnected(names if case.email else f"{names}: {where}", **parts)
