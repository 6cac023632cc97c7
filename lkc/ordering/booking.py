"""Taking in customers and orders, and changing orders that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, select

from lkc.feed import PERMANENT, Person, format_date
from lkc.ordering.catalogue import catalogue
from lkc.ordering.models import BookedOrder, Customer, EndUser, Line, Order, Status
from lkc.ordering.refusals import AlreadyCancelled, CustomerExists, UnknownCustomer, UnknownOrder
from lkc.world.database import Prepared
from lkc.world.refusals import Invalid
from lkc.world.session import WorldSession

_CUSTOMER = Prepared(
    lambda: select(Customer.icn, Customer.name, Customer.country).where(Customer.icn == bindparam("icn"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A line as somebody orders it; `line_number` None takes the lowest free number."""

    line_number: int | None = None
    part_number: str
    quantity: int
    serial_number: str | None = None
    start_date: str | None = None
    expiration_date: str
    license_expiration_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An order as somebody orders it.

    Attributes:
        customer_name: None takes the customer's own name.
        order_date: None takes the date of the world.
        import_key: by which a repeated import recognises it; None outside imports.
    """

    icn: str
    customer_name: str | None = None
    purchase_order: str
    contact: Person
    registered_end_users: tuple[Person, ...] = ()
    order_date: str | None = None
    lines: tuple[DraftLine, ...]
    import_key: str | None = None


def draft_from(values: Mapping[str, Any]) -> Draft:
    """A draft from the values of a checked message."""
    people = values.get("registered_end_users", ())
    return Draft(
        **{
            **values,
            "contact": Person(**values["contact"]),
            "registered_end_users": tuple(Person(**person) for person in people),
            "lines": tuple(DraftLine(**line) for line in values["lines"]),
        }
    )


def find_customer(world: WorldSession, icn: str) -> Customer | None:
    """The customer with this ICN."""
    row = world.row(_CUSTOMER, icn=icn)
    return None if row is None else Customer(icn=row[0], name=row[1], country=row[2])


def get_customer(world: WorldSession, icn: str) -> Customer:
    """The customer with this ICN. Raises UnknownCustomer."""
    customer = find_customer(world, icn)
    if customer is None:
        raise UnknownCustomer(f"No customer has the ICN {icn!r}.", icn=icn)
    return customer


def create_customer(world: WorldSession, customer: Customer) -> None:
    """Takes a customer in. Raises CustomerExists."""
    if find_customer(world, customer.icn) is not None:
        raise CustomerExists(f"A customer with the ICN {customer.icn!r} exists already.", icn=customer.icn)
    world.add(customer)
    world.record("ordering", "customer-created", f"{customer.name} is customer {customer.icn}.", icn=customer.icn)


def book(world: WorldSession, draft: Draft, newcomer: Customer | None = None) -> BookedOrder:
    """Books an order; a customer who comes with it is taken in as well, but only if it can be booked.

    Raises Invalid, naming each mistake: unknown ICN, part or a line number that comes twice.
    """
    customer = newcomer or find_customer(world, draft.icn)
    _check(draft, customer)
    if newcomer is not None:
        create_customer(world, newcomer)
    order = Order(
        order_number=f"{world.ids.rising('order'):07d}",
        ocn=world.ids.scattered("ocn", 8),
        icn=draft.icn,
        customer_name=draft.customer_name or (customer.name if customer else ""),
        purchase_order=draft.purchase_order,
        order_date=format_date(world.clock.today()) if draft.order_date is None else draft.order_date,
        contact_name=draft.contact.name,
        contact_email=draft.contact.email,
        status=Status.BOOKED.value,
        handed_to="",
        import_key=draft.import_key,
    )
    booked = BookedOrder(
        order, _end_users(order.order_number, draft.registered_end_users), _lines(order.order_number, draft.lines)
    )
    world.add(order, *booked.end_users, *booked.lines)
    world.record(
        "ordering",
        "order-booked",
        f"Order {order.order_number} of {order.customer_name} is booked.",
        order_number=order.order_number,
        icn=order.icn,
    )
    return booked


def get_order(world: WorldSession, order_number: str) -> BookedOrder:
    """An order with end users and lines. Raises UnknownOrder."""
    order = world.orm.get(Order, order_number)
    if order is None:
        raise UnknownOrder(f"There is no order {order_number!r}.", order_number=order_number)
    return next(iter(_complete(world, [order])))


def find_orders(world: WorldSession, filters: Mapping[str, str], after: str | None, limit: int) -> list[BookedOrder]:
    """Orders by number, those after a given one, at most so many.

    Args:
        world: where to look.
        filters: wanted values by column: `icn`, `purchase_order`, `status`.
        after: number of the order after which to begin.
        limit: at most so many.
    """
    query = select(Order).order_by(Order.order_number).limit(limit).filter_by(**filters)
    if after is not None:
        query = query.where(Order.order_number > after)
    return _complete(world, list(world.orm.scalars(query)))


def change(world: WorldSession, order_number: str, changes: Mapping[str, Any]) -> BookedOrder:
    """Changes an order; the delivery systems keep what they have until it is submitted again (swg21610380).

    Args:
        world: where the order is.
        order_number: which order.
        changes: new values by name; lists replace, lines keep the numbers they are given.

    Raises UnknownOrder, AlreadyCancelled or Invalid.
    """
    booked = get_order(world, order_number)
    order = booked.order
    if order.is_cancelled:
        raise AlreadyCancelled(f"Order {order_number} was cancelled.", order_number=order_number)
    before = booked.document()
    draft = _merged(booked, changes)
    _check(draft, find_customer(world, draft.icn))
    for name in ("icn", "customer_name", "purchase_order", "order_date"):
        setattr(order, name, getattr(draft, name))
    order.contact_name, order.contact_email = draft.contact.name, draft.contact.email
    if "registered_end_users" in changes:
        world.orm.execute(delete(EndUser).where(EndUser.order_number == order_number))
        booked.end_users = _end_users(order_number, draft.registered_end_users)
        world.add(*booked.end_users)
    if "lines" in changes:
        world.orm.execute(delete(Line).where(Line.order_number == order_number))
        booked.lines = _lines(order_number, draft.lines)
        world.add(*booked.lines)
    if booked.document() != before:
        if order.status == Status.SUBMITTED:
            order.status = Status.CHANGED.value
        world.record("ordering", "order-changed", f"Order {order_number} was changed.", order_number=order_number)
    return booked


def _merged(booked: BookedOrder, changes: Mapping[str, Any]) -> Draft:
    order = booked.order
    draft = Draft(
        icn=order.icn,
        customer_name=order.customer_name,
        purchase_order=order.purchase_order,
        contact=Person(order.contact_name, order.contact_email),
        order_date=order.order_date,
        lines=(),
    )
    read = {name: value for name, value in changes.items() if name in {"icn", "customer_name", "purchase_order"}}
    read |= {name: value for name, value in changes.items() if name == "order_date"}
    if "contact" in changes:
        read["contact"] = Person(**changes["contact"])
    if "registered_end_users" in changes:
        read["registered_end_users"] = tuple(Person(**person) for person in changes["registered_end_users"])
    if "lines" in changes:
        read["lines"] = tuple(DraftLine(**line) for line in changes["lines"])
    return replace(draft, **read)


def _check(draft: Draft, customer: Customer | None) -> None:
    mistakes: list[dict[str, Any]] = []
    if customer is None:
        mistakes.append({"field": "icn", "message": "no customer has this ICN", "received": draft.icn})
    numbers = [line.line_number for line in draft.lines if line.line_number is not None]
    for place, line in enumerate(draft.lines):
        if line.part_number not in catalogue():
            mistakes.append(
                {
                    "field": f"lines[{place}].part_number",
                    "message": "the catalogue has no such part number",
                    "received": line.part_number,
                }
            )
        if line.line_number is not None and numbers.count(line.line_number) > 1:
            mistakes.append(
                {"field": f"lines[{place}].line_number", "message": "comes twice", "received": line.line_number}
            )
    if mistakes:
        raise Invalid(*mistakes)


def _end_users(order_number: str, people: Iterable[Person]) -> list[EndUser]:
    return [
        EndUser(order_number=order_number, position=position, name=person.name, email=person.email)
        for position, person in enumerate(people, 1)
    ]


def _lines(order_number: str, drafts: Iterable[DraftLine]) -> list[Line]:
    drafts = list(drafts)
    taken = {draft.line_number for draft in drafts}
    free = (number for number in range(1, 2 * len(drafts) + 1) if number not in taken)
    products = catalogue()
    lines = [
        Line(
            order_number=order_number,
            line_number=next(free) if draft.line_number is None else draft.line_number,
            part_number=draft.part_number,
            product=products[draft.part_number].product,
            delivery=products[draft.part_number].delivery,
            quantity=draft.quantity,
            serial_number=draft.serial_number,
            start_date=draft.start_date,
            expiration_date=draft.expiration_date,
            license_expiration_date=(
                PERMANENT if draft.license_expiration_date is None else draft.license_expiration_date
            ),
        )
        for draft in drafts
    ]
    return sorted(lines, key=lambda line: line.line_number)


def _complete(world: WorldSession, orders: list[Order]) -> list[BookedOrder]:
    """Orders with their end users and lines, in two statements for all of them."""
    found = {order.order_number: BookedOrder(order, [], []) for order in orders}
    for user in world.orm.scalars(
        select(EndUser).where(EndUser.order_number.in_(found)).order_by(EndUser.order_number, EndUser.position)
    ):
        found[user.order_number].end_users.append(user)
    for line in world.orm.scalars(
        select(Line).where(Line.order_number.in_(found)).order_by(Line.order_number, Line.line_number)
    ):
        found[line.order_number].lines.append(line)
    return list(found.values())
