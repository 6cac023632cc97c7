"""Looking for orders by whatever somebody has at hand: a number, a customer number, a purchase order, a name."""

from __future__ import annotations

from sqlalchemy import or_, select

from lkc.ordering.models import BookedOrder, OrderRow, Status
from lkc.ordering.orders import get_orders
from lkc.world.session import WorldSession

# So many orders are looked at for a part of a name, beginning with the newest: it has no index.
LOOKED_AT = 20_000


def search_orders(
    world: WorldSession, wanted: str, status: Status | None, before: str | None, limit: int
) -> list[BookedOrder]:
    """Orders, newest first.

    Args:
        world: where to look.
        wanted: an order number, OCN, ICN or purchase order as it is, or a part of the customer's or the contact's name
            or address in any letter case; empty for all.
        status: only those of this status.
        before: number of the order after which, in this row, to go on.
        limit: at most so many.
    """
    query = select(OrderRow.order_number).order_by(OrderRow.order_number.desc())
    if before is not None:
        query = query.where(OrderRow.order_number < before)
    if status is not None:
        query = query.where(OrderRow.status == status.value)
    exact = (OrderRow.order_number, OrderRow.ocn, OrderRow.icn, OrderRow.purchase_order)
    if wanted:
        by_number = query.where(or_(*[column == wanted for column in exact])).limit(limit)
        numbers = list(world.orm.scalars(by_number))
        if not numbers:
            newest = query.limit(LOOKED_AT).subquery()
            named = (OrderRow.customer_name, OrderRow.contact_name, OrderRow.contact_email)
            by_name = query.where(
                OrderRow.order_number.in_(select(newest.c.order_number)),
                or_(*[column.icontains(wanted, autoescape=True) for column in named]),
            )
            numbers = list(world.orm.scalars(by_name.limit(limit)))
    else:
        numbers = list(world.orm.scalars(query.limit(limit)))
    return get_orders(world, numbers)[::-1]
