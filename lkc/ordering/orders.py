"""Orders in the database of a world: reading them, keeping new ones, keeping changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from lkc.feed import DocumentLine, OrderDocument, Person
from lkc.ordering.models import BookedOrder, EndUserRow, LineRow, OrderRow, Status
from lkc.ordering.refusals import UnknownOrder
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

_ORDER_COLUMNS = (
    OrderRow.order_number,
    OrderRow.ocn,
    OrderRow.icn,
    OrderRow.customer_name,
    OrderRow.purchase_order,
    OrderRow.order_date,
    OrderRow.contact_name,
    OrderRow.contact_email,
    OrderRow.status,
    OrderRow.handed_to,
    OrderRow.submissions,
    OrderRow.password_hash,
)
_LINE_FIELDS = tuple(DocumentLine.__dataclass_fields__)
_MARK = Prepared(
    lambda: (
        update(OrderRow)
        .where(OrderRow.order_number == bindparam("number"))
        .values(status=bindparam("new_status"), handed_to=bindparam("systems"), submissions=bindparam("submission"))
    )
)


def get_order(world: WorldSession, order_number: str) -> BookedOrder:
    """An order with end users and lines. Raises UnknownOrder."""
    row = world.orm.execute(select(*_ORDER_COLUMNS).where(OrderRow.order_number == order_number)).first()
    if row is None:
        raise UnknownOrder(f"There is no order {order_number!r}.", order_number=order_number)
    return _complete(world, [row])[0]


def get_orders(world: WorldSession, numbers: Sequence[str]) -> list[BookedOrder]:
    """The orders of these numbers, by number, with end users and lines."""
    query = select(*_ORDER_COLUMNS).where(OrderRow.order_number.in_(numbers)).order_by(OrderRow.order_number)
    return _complete(world, list(world.orm.execute(query)))


def find_orders(world: WorldSession, filters: Mapping[str, str], after: str | None, limit: int) -> list[BookedOrder]:
    """Orders by number, those after a given one, at most so many.

    Args:
        world: where to look.
        filters: wanted values by column: `icn`, `purchase_order`, `status`.
        after: number of the order after which to begin.
        limit: at most so many.
    """
    query = select(*_ORDER_COLUMNS).order_by(OrderRow.order_number).limit(limit).filter_by(**filters)
    if after is not None:
        query = query.where(OrderRow.order_number > after)
    return _complete(world, list(world.orm.execute(query)))


@dataclass(frozen=True, slots=True)
class ImportedFrom:
    """Where an imported order comes from.

    Attributes:
        key: by which it is recognised when it comes again.
        row: its row in the file.
        digest: of its content, by which a changed one is told from the same one.
    """

    key: str
    row: int
    digest: str


def keep_new(world: WorldSession, booked: BookedOrder, origin: ImportedFrom | None = None) -> None:
    """Keeps an order that has just been booked."""
    world.insert(
        OrderRow,
        order_number=booked.number,
        ocn=booked.document.ocn,
        status=booked.status.value,
        handed_to=" ".join(booked.handed_to),
        import_key=None if origin is None else origin.key,
        import_row=None if origin is None else origin.row,
        import_digest=None if origin is None else origin.digest,
        **_columns(booked.document),
    )
    _keep_end_users(world, booked.document)
    _keep_lines(world, booked.document)


def keep_changes(world: WorldSession, before: BookedOrder, after: BookedOrder) -> None:
    """Keeps what has changed on an order."""
    number, document = after.number, after.document
    world.orm.execute(
        update(OrderRow).where(OrderRow.order_number == number).values(**_columns(document), status=after.status.value)
    )
    if document.registered_end_users != before.document.registered_end_users:
        world.orm.execute(delete(EndUserRow).where(EndUserRow.order_number == number))
        _keep_end_users(world, document)
    if document.lines != before.document.lines:
        world.orm.execute(delete(LineRow).where(LineRow.order_number == number))
        _keep_lines(world, document)


def keep_state(world: WorldSession, booked: BookedOrder) -> None:
    """Keeps how far an order has come, whom it was handed to, and by which submission."""
    world.run(
        _MARK,
        number=booked.number,
        new_status=booked.status.value,
        systems=" ".join(booked.handed_to),
        submission=booked.document.submission,
    )


def _columns(document: OrderDocument) -> dict[str, str | int]:
    return {
        "icn": document.icn,
        "customer_name": document.customer_name,
        "purchase_order": document.purchase_order,
        "order_date": document.order_date,
        "contact_name": document.contact.name,
        "contact_email": document.contact.email,
        "submissions": document.submission,
    }


def _keep_end_users(world: WorldSession, document: OrderDocument) -> None:
    number = document.order_number
    for position, person in enumerate(document.registered_end_users, 1):
        world.insert(EndUserRow, order_number=number, position=position, name=person.name, email=person.email)


def _keep_lines(world: WorldSession, document: OrderDocument) -> None:
    for line in document.lines:
        columns = {name: getattr(line, name) for name in _LINE_FIELDS}
        world.insert(LineRow, order_number=document.order_number, **columns)


def _complete(world: WorldSession, rows: list[Any]) -> list[BookedOrder]:
    """Orders with their end users and lines, in two statements for all of them."""
    numbers = [row.order_number for row in rows]
    people: dict[str, list[Person]] = {number: [] for number in numbers}
    lines: dict[str, list[DocumentLine]] = {number: [] for number in numbers}
    users = select(EndUserRow).where(EndUserRow.order_number.in_(numbers))
    for user in world.orm.scalars(users.order_by(EndUserRow.order_number, EndUserRow.position)):
        people[user.order_number].append(Person(user.name, user.email))
    kept = select(LineRow).where(LineRow.order_number.in_(numbers))
    for line in world.orm.scalars(kept.order_by(LineRow.order_number, LineRow.line_number)):
        lines[line.order_number].append(DocumentLine(**{name: getattr(line, name) for name in _LINE_FIELDS}))
    return [_booked(row, people[row.order_number], lines[row.order_number]) for row in rows]


def _booked(row: Any, people: list[Person], lines: list[DocumentLine]) -> BookedOrder:
    status = Status(row.status)
    document = OrderDocument(
        order_number=row.order_number,
        ocn=row.ocn,
        icn=row.icn,
        customer_name=row.customer_name,
        purchase_order=row.purchase_order,
        order_date=row.order_date,
        contact=Person(row.contact_name, row.contact_email),
        registered_end_users=tuple(people),
        lines=tuple(lines),
        cancelled=status is Status.CANCELLED,
        submission=row.submissions,
    )
    return BookedOrder(document, status, tuple(row.handed_to.split()), row.password_hash is not None)
