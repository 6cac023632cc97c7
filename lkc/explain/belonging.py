"""What belongs together: the parts of a question, and the orders that a token should have entitlements of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lkc.explain.refusals import WORDS, NotConnected
from lkc.feed import ONETRUST
from lkc.keycenter.facts import AccountFacts, LicenseFacts
from lkc.ordering.facts import orders_of
from lkc.ordering.models import BookedOrder, Status
from lkc.world.session import WorldSession
from lkc.world.timeline import latest_each
from onetrust.tokens.facts import TokenFacts, received_submissions

if TYPE_CHECKING:
    from lkc.explain.case import OrderCase

# How many of a customer's latest orders are looked through.
MOST_BEHIND = 50


def check_belonging(
    asker: str | None, order: OrderCase | None, license_: LicenseFacts | None, account: AccountFacts | None
) -> None:
    """Refuses a question about parts of different orders or accounts. Raises NotConnected.

    Whoever asks for himself (`asker`) is not told where the parts belong instead.
    """
    if order is not None and license_ is not None and license_.order_number != order.number:
        where = f"license {license_.license_id} is of order {license_.order_number}"
        raise _apart(asker, where, license_id=license_.license_id, order_number=order.number)
    if account is None:
        return
    if license_ is not None and license_.account_id != account.account_id:
        where = f"license {license_.license_id} is on account {license_.account_id}"
        raise _apart(asker, where, license_id=license_.license_id, account_id=account.account_id)
    if order is not None and not _is_on(order, account):
        where = f"order {order.number} is of {_owner_in_words(order)}"
        raise _apart(asker, where, order_number=order.number, account_id=account.account_id)


def numbers_behind(world: WorldSession, tokens: Iterable[TokenFacts]) -> list[str]:
    """Numbers of orders for these tokens that the token service has not, has otherwise, or has rejected a line of."""
    found: set[str] = set()
    for token in tokens:
        orders = [one for one in orders_of(world, token.icn, MOST_BEHIND) if _is_to_come(one)]
        arrived = received_submissions(world, [one.number for one in orders])
        found.update(one.number for one in orders if _differs(one, arrived.get(one.number, 0)))
        found.update(latest_each(world, "entitlement-rejected", "order_number", token=token.token))
    return sorted(found)[-MOST_BEHIND:]


def _is_to_come(order: BookedOrder) -> bool:
    return order.document.has(ONETRUST) and not order.document.cancelled


def _differs(order: BookedOrder, arrived: int) -> bool:
    """Whether the token service does not have an order as it is now; `arrived` is the submission that it has."""
    return order.status is not Status.SUBMITTED or order.document.submission > arrived


def _is_on(order: OrderCase, account: AccountFacts) -> bool:
    """Whether an order is on an account, or will be; of one that only the token service has, nobody knows."""
    if order.received is not None:
        return order.received.account_id == account.account_id
    if order.booked is None:
        return True
    return (order.booked.document.icn, order.booked.document.customer_name) == (account.icn, account.name)


def _owner_in_words(order: OrderCase) -> str:
    if order.received is not None:
        return f"account {order.received.account_id}"
    document = order.booked.document  # type: ignore[union-attr] # an order that is on no account yet is booked
    return f"{document.customer_name}, ICN {document.icn}, and on no account yet"


def _apart(asker: str | None, where: str, **parts: str) -> NotConnected:
    (one, value), (other, other_value) = parts.items()
    names = f"{WORDS[one]} {value} and {WORDS[other]} {other_value} do not belong together"
    return NotConnected(names if asker else f"{names}: {where}", **parts)
