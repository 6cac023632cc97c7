"""Importing files of orders: good orders go in, every bad row is named, and no order goes in by half or twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from marshmallow import ValidationError

from lkc.feed import Receiver
from lkc.ordering.booking import draw_up
from lkc.ordering.customers import Customer, find_customer
from lkc.ordering.drafts import Draft, draft_from
from lkc.ordering.models import Status
from lkc.ordering.orders import ImportedFrom, get_orders, keep_new
from lkc.ordering.reading import RowOrder, check_csv, decoded, orders_in_csv, orders_in_ndjson
from lkc.ordering.recognition import Former, former_orders, origin_of
from lkc.ordering.reports import MAX_LISTED, Report
from lkc.ordering.schemas import NewcomerSchema, OrderSchema
from lkc.ordering.submission import send_out, submit
from lkc.world.refusals import Invalid
from lkc.world.rest import flattened
from lkc.world.session import WorldSession

BATCH = 300

_ORDER, _NEWCOMER = OrderSchema(), NewcomerSchema()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of orders, or a part of one.

    Attributes:
        body: the bytes as they came.
        is_csv: CSV, else NDJSON.
        file: name of the whole file; empty for one without a name.
        first_row: row of the whole file in which this part's header (CSV) or first order stands.
    """

    body: bytes
    is_csv: bool
    file: str
    first_row: int

    def orders(self) -> Iterator[RowOrder]:
        """The orders of the file. Raises Invalid for a file that cannot be read as a whole."""
        text = decoded(self.body)
        if not self.is_csv:
            return orders_in_ndjson(text, self.first_row)
        check_csv(text)
        return orders_in_csv(text, self.first_row)


@dataclass(frozen=True, slots=True)
class Entry:
    """An order of a file, its content checked; `values` is None where the order has mistakes."""

    order: RowOrder
    values: dict[str, Any] | None
    origin: ImportedFrom


def import_orders(
    source: Source,
    transaction: Callable[[], AbstractContextManager[WorldSession]],
    receivers: Sequence[Receiver] | None,
) -> Report:
    """Imports a file; see `import_by_batches`."""
    reports = [Report()]
    reports += [report for report, _ in import_by_batches(source, transaction, receivers)]
    return reports[-1]


def import_by_batches(
    source: Source,
    transaction: Callable[[], AbstractContextManager[WorldSession]],
    receivers: Sequence[Receiver] | None,
) -> Iterator[tuple[Report, int]]:
    """Imports a file, so many orders a transaction; running it again books nothing twice.

    After each transaction it gives what was done so far, and the last row that was read.

    Args:
        source: the file.
        transaction: opens a session that commits at the end of its block.
        receivers: where each order is submitted to after booking; None only books.

    Raises Invalid, with nothing imported, for a file that is no CSV or not UTF-8; TooManyBadRows, with what was
    imported before, where there are so many that it makes no sense to read on.
    """
    orders, report = source.orders(), Report()
    rows: dict[str, int] = {}
    while batch := _next_batch(orders, source.file):
        for entry in batch:
            row = entry.order.rows[0]
            first = rows.setdefault(entry.origin.key, row)
            if first != row:
                reason = f"comes again: row {first} has it, and rows of one order must follow each other"
                entry.order.mistakes.append((row, "reference", reason))
        with transaction() as world:
            world.widen()
            _import_batch(world, batch, receivers, report)
        report.check(batch[-1].order.rows[-1])
        yield report, batch[-1].order.rows[-1]


def _next_batch(orders: Iterator[RowOrder], file: str) -> list[Entry]:
    """So many orders, and fewer where they have very many mistakes; none at the end of the file."""
    batch: list[Entry] = []
    mistakes = 0
    for order in islice(orders, BATCH):
        batch.append(_checked(order, file))
        mistakes += len(order.mistakes)
        if mistakes >= MAX_LISTED:
            break
    return batch


def _checked(order: RowOrder, file: str) -> Entry:
    """An order with its content as the booking interface would read it; what is wrong with it is noted."""
    values = None
    if not order.mistakes:
        try:
            values = _ORDER.load(order.values)
        except ValidationError as error:
            order.mistakes += [_named(order, mistake) for mistake in flattened(error.messages)]
    return Entry(order, values, origin_of(order, file, values))


def _import_batch(
    world: WorldSession, batch: list[Entry], receivers: Sequence[Receiver] | None, report: Report
) -> None:
    """Takes orders in, one by one; those that were only booked before are submitted now, if that is wanted."""
    known = former_orders(world, [entry.origin.key for entry in batch])
    waiting = []
    for entry in batch:
        order, former = entry.order, known.get(entry.origin.key)
        if entry.values is not None and not order.mistakes:
            try:
                _import_one(world, entry, former, receivers, report)
            except Invalid as refusal:
                order.mistakes += [_named(order, mistake) for mistake in refusal.members["errors"]]
        if order.mistakes:
            report.reject(order)
        elif former is not None and former.status is Status.BOOKED:
            waiting.append(former.number)
    if receivers is not None and waiting:
        for booked in get_orders(world, waiting):
            submit(world, booked, receivers)
            report.submitted += 1


def _import_one(
    world: WorldSession, entry: Entry, former: Former | None, receivers: Sequence[Receiver] | None, report: Report
) -> None:
    """Takes an order in that an earlier run has not. Raises Invalid, naming each mistake."""
    values: dict[str, Any] = entry.values or {}
    draft = draft_from(values)
    newcomer = _newcomer(world, entry.order, draft)
    if former is not None:
        if former.digest != entry.origin.digest:
            field = "reference" if entry.order.references else "row"
            raise Invalid({"field": field, "message": former.other_content(submit=receivers is not None)})
        report.already_there += 1
        return
    booked = draw_up(world, draft, newcomer)
    if receivers is not None:
        booked, _ = send_out(world, booked, receivers)
        report.submitted += 1
    keep_new(world, booked, entry.origin)
    report.imported += 1


def _named(order: RowOrder, mistake: dict[str, Any]) -> tuple[int, str, str]:
    """A mistake as the file's reader finds it: row, column, and the reason with what stands there."""
    path = mistake["field"]
    received = mistake.get("received", order.value_of(path))
    shown = f" ({received!r})" if isinstance(received, str | int | float) else ""
    return order.row_of(path), order.name_of(path), mistake["message"] + shown


def _newcomer(world: WorldSession, order: RowOrder, draft: Draft) -> Customer | None:
    """The customer that has to be created for an order, or None where it is there.

    Raises Invalid for one that lacks name or country, or has a wrong ICN, and for one that is there with another
    country.
    """
    known = find_customer(world, draft.icn)
    if known is not None:
        if order.country not in {None, known.country}:
            message = f"is not the country of customer {known.icn}, which is {known.country}"
            raise Invalid({"field": "country", "message": message, "received": order.country})
        return None
    wanted = {"icn": draft.icn, "customer_name": draft.customer_name, "country": order.country}
    try:
        return Customer(**_NEWCOMER.load({name: value for name, value in wanted.items() if value is not None}))
    except ValidationError as error:
        raise Invalid(*flattened(error.messages)) from error
