"""Importing files of orders: good orders go in, every bad row is named, and no order goes in by half."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import select

from lkc.feed import Receiver
from lkc.ordering.booking import draw_up
from lkc.ordering.customers import Customer, find_customer
from lkc.ordering.drafts import draft_from
from lkc.ordering.models import OrderRow
from lkc.ordering.orders import ImportedFrom, keep_new
from lkc.ordering.reading import RowOrder, check_csv, decoded, orders_in_csv, orders_in_ndjson
from lkc.ordering.schemas import NewcomerSchema, OrderSchema
from lkc.ordering.submission import send_out
from lkc.world.refusals import Invalid
from lkc.world.rest import flattened
from lkc.world.session import WorldSession

BATCH = 300
MAX_REJECTED = 10_000

_ORDER, _NEWCOMER = OrderSchema(), NewcomerSchema()


@dataclass(slots=True)
class Report:
    """What an import did.

    Attributes:
        imported: orders booked.
        submitted: orders handed to the delivery systems.
        already_there: orders of this file that an earlier run had booked.
        rejected: row, field and reason of what was not taken in.
    """

    imported: int = 0
    submitted: int = 0
    already_there: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def reject(self, mistakes: Iterable[tuple[int, str, str]], order: RowOrder) -> None:
        """Names each bad row, and the other rows of the same order, which stay out with it."""
        named = list(mistakes)
        bad = {row for row, _, _ in named}
        named += [
            (row, "row", f"belongs to the order of row {min(bad)}, which was refused")
            for row in order.rows
            if row not in bad
        ]
        for row, name, reason in sorted(named, key=lambda mistake: mistake[0]):
            if len(self.rejected) < MAX_REJECTED:
                self.rejected.append({"row": row, "field": _shown(name), "reason": _shown(reason)})


def _shown(text: str) -> str:
    """Text as it can be answered, whatever stood in the file."""
    return text.encode("utf-8", "backslashreplace").decode()[:500]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of orders, or a part of one.

    Attributes:
        body: the bytes as they came.
        is_csv: CSV, else NDJSON.
        file: names the whole file; an order is recognised by file and row when it is imported again.
        first_row: row of the whole file in which this part's header (CSV) or first order stands.
    """

    body: bytes
    is_csv: bool
    file: str | None
    first_row: int

    def orders(self) -> Iterator[RowOrder]:
        """The orders of the file. Raises Invalid for a file that cannot be read as a whole."""
        text = decoded(self.body)
        if not self.is_csv:
            return orders_in_ndjson(text, self.first_row)
        check_csv(text)
        return orders_in_csv(text, self.first_row)

    def name(self) -> str:
        """The name under which the file's orders are recognised."""
        return self.file or hashlib.sha256(self.body).hexdigest()[:32]


def import_orders(
    source: Source,
    transaction: Callable[[], AbstractContextManager[WorldSession]],
    receivers: Sequence[Receiver] | None,
) -> Report:
    """Imports a file, so many orders a transaction; running it again books nothing twice.

    Args:
        source: the file.
        transaction: opens a session that commits at the end of its block.
        receivers: where each order is submitted to after booking; None only books.

    Raises Invalid, with nothing imported, for a file that is no CSV or not UTF-8.
    """
    orders, report, file = source.orders(), Report(), source.name()
    rows: dict[str, int] = {}
    while batch := list(islice(orders, BATCH)):
        keys = [_key_of(order, file) for order in batch]
        with transaction() as world:
            known = _known(world, keys)
            for order, key in zip(batch, keys, strict=True):
                first = rows.setdefault(key, known.get(key) or order.rows[0])
                if first != order.rows[0]:
                    reason = f"comes again: row {first} has it, and rows of one order must follow each other"
                    order.mistakes.append((order.rows[0], "reference", reason))
                if key in known and not order.mistakes:
                    report.already_there += 1
                else:
                    _import_one(world, order, key, receivers, report)
    return report


def _key_of(order: RowOrder, file: str) -> str:
    """By what an order of a file is recognised: the file's own reference for it, or else its row."""
    return f"{file}:reference {order.references[0]}" if order.references else f"{file}:row {order.rows[0]}"


def _known(world: WorldSession, keys: list[str]) -> dict[str, int | None]:
    """The keys that are booked already, each with the row of the file from which that was, if it is known."""
    query = select(OrderRow.import_key, OrderRow.import_row).where(OrderRow.import_key.in_(keys))
    return {key: row for key, row in world.orm.execute(query) if key is not None}


def _import_one(
    world: WorldSession, order: RowOrder, key: str, receivers: Sequence[Receiver] | None, report: Report
) -> None:
    if order.mistakes:
        report.reject(order.mistakes, order)
        return
    try:
        values = _ORDER.load(order.values)
        booked = draw_up(world, draft_from(values), _newcomer(world, order, values))
    except ValidationError as error:
        report.reject([_named(order, mistake) for mistake in flattened(error.messages)], order)
        return
    except Invalid as refusal:
        report.reject([_named(order, mistake) for mistake in refusal.members["errors"]], order)
        return
    if receivers is not None:
        booked, _ = send_out(world, booked, receivers)
        report.submitted += 1
    keep_new(world, booked, ImportedFrom(key, order.rows[0]))
    report.imported += 1


def _named(order: RowOrder, mistake: dict[str, Any]) -> tuple[int, str, str]:
    """A mistake as the file's reader finds it: row, column, and the reason with what stands there."""
    path = mistake["field"]
    received = mistake.get("received", order.value_of(path))
    shown = f" ({received!r})" if isinstance(received, str | int | float) else ""
    return order.row_of(path), order.name_of(path), mistake["message"] + shown


def _newcomer(world: WorldSession, order: RowOrder, values: dict[str, Any]) -> Customer | None:
    """The customer that has to be created for an order, or None where it is there.

    Raises ValidationError for one that lacks name or country, or has a wrong ICN.
    """
    if find_customer(world, values["icn"]) is not None:
        return None
    wanted = {"icn": values["icn"], "customer_name": values.get("customer_name"), "country": order.country}
    return Customer(**_NEWCOMER.load({name: value for name, value in wanted.items() if value is not None}))
