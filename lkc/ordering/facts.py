"""What the order system can state: orders as it has them now, and what became of signing in with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, literal_column, select

from lkc.ordering.models import BookedOrder, CustomerRow, EndUserRow, OrderRow
from lkc.ordering.orders import get_orders
from lkc.ordering.submission import HAND_OVER
from lkc.world.clock import from_micros
from lkc.world.models import Due
from lkc.world.session import WorldSession

MOST_ORDERS = 200


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """An order document that has not arrived yet: to which system, when it will, and of which submission it is."""

    system: str
    arrives_at: datetime
    submission: int


def find_order(world: WorldSession, order_number: str) -> BookedOrder | None:
    """An order as it is now, or None."""
    return orders_by_number(world, [order_number]).get(order_number)


def orders_by_number(world: WorldSession, order_numbers: Sequence[str]) -> dict[str, BookedOrder]:
    """Orders as they are now, by their numbers; those that there are not are left out."""
    return {order.number: order for order in get_orders(world, order_numbers)}


def orders_naming(world: WorldSession, email: str) -> list[str]:
    """Numbers of the latest orders that name somebody as contact or registered end user, in order.

    Args:
        world: where to look.
        email: the address in small letters.
    """
    as_contact = select(OrderRow.order_number).where(func.lower(OrderRow.contact_email) == email)
    as_end_user = select(EndUserRow.order_number).where(func.lower(EndUserRow.email) == email)
    found = [*world.orm.scalars(_latest(as_contact)), *world.orm.scalars(_latest(as_end_user))]
    return sorted(set(found))[-MOST_ORDERS:]


def orders_of(world: WorldSession, icn: str, at_most: int) -> list[BookedOrder]:
    """The latest orders of a customer number, by number."""
    numbers = world.orm.scalars(_latest(select(OrderRow.order_number).where(OrderRow.icn == icn), at_most))
    return get_orders(world, numbers.all())


def namesakes_of(world: WorldSession, icn: str, at_most: int) -> list[str]:
    """Other customer numbers under the name of this one; whether they are one company the name alone does not say."""
    name = select(CustomerRow.name).where(CustomerRow.icn == icn).scalar_subquery()
    query = select(CustomerRow.icn).where(CustomerRow.name == name, CustomerRow.icn != icn)
    return list(world.orm.scalars(query.order_by(CustomerRow.icn).limit(at_most)))


def _latest(query: Select[str], at_most: int = MOST_ORDERS) -> Select[str]:
    """The rows that came last: an index gives them in that order, the numbers of orders have none."""
    return query.order_by(literal_column("rowid").desc()).limit(at_most)


def on_its_way(world: WorldSession, order_number: str) -> list[OnItsWay]:
    """The documents of an order that are held up on their way, the first to arrive first."""
    # One is put there with a new number, and taken away when the clock has gone on.
    key = ("on-its-way", str(world.ids.counters.get("due", 0)), world.clock.now().isoformat())
    if key not in world.remembered:
        world.remembered[key] = _all_on_their_way(world)
    found: list[OnItsWay] = world.remembered[key].get(order_number, [])
    return found


def _all_on_their_way(world: WorldSession) -> dict[str, list[OnItsWay]]:
    """Every document that is held up, by the number of its order."""
    found: dict[str, list[OnItsWay]] = {}
    query = select(Due.due_at, Due.payload).where(Due.action == HAND_OVER).order_by(Due.due_at, Due.id)
    for due_at, text in world.orm.execute(query):
        payload = json.loads(text)
        document = payload["document"]
        one = OnItsWay(payload["system"], from_micros(due_at), document["submission"])
        found.setdefault(document["order_number"], []).append(one)
    return found
