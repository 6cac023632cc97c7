"""Reading files of orders: CSV and NDJSON, row by row, with the number under which people find each row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any

from lkc.feed.bounds import MAX_LINES
from lkc.world.refusals import Invalid
from lkc.world.strict import names_twice

ORDER_COLUMNS = (
    "reference",
    "icn",
    "customer_name",
    "country",
    "purchase_order",
    "order_date",
    "contact_name",
    "contact_email",
    "registered_end_users",
)
LINE_COLUMNS = (
    "line_number",
    "part_number",
    "quantity",
    "serial_number",
    "start_date",
    "expiration_date",
    "license_expiration_date",
)
COLUMNS = ORDER_COLUMNS + LINE_COLUMNS
REQUIRED = frozenset(
    {"icn", "purchase_order", "contact_name", "contact_email", "part_number", "quantity", "expiration_date"}
)
DATES = frozenset({"order_date", "start_date", "expiration_date", "license_expiration_date"})
LONGEST_CELL = 64 * 1024

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,12}\Z")
_PERSON = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>]*)>\Z")
_STEP = re.compile(r"[^.\[\]]+")
_FORMULA = ("=", "@", "+", "-")


@dataclass(slots=True)
class RowOrder:
    """An order as it stands in a file, not yet checked.

    Attributes:
        rows: the rows it was read from.
        values: the message as the booking interface would take it.
        country: for a customer that is not there yet.
        references: the file's own name for the order, if it has one; more where that cannot be told for sure.
        mistakes: row, field and reason of what could not even be read.
        is_csv: whether its fields are columns of a CSV file.
        cells: the cells of its first row that could be read.
        opened_by: that row.
    """

    rows: list[int]
    values: dict[str, Any]
    country: str | None = None
    references: tuple[str, ...] = ()
    mistakes: list[tuple[int, str, str]] = field(default_factory=list)
    is_csv: bool = False
    cells: dict[str, str] = field(default_factory=dict)
    opened_by: int = 0

    def name_of(self, path: str) -> str:
        """What a field such as `lines[2].quantity` is called in the file: in CSV the name of its column."""
        if not self.is_csv:
            return path
        head, _, rest = path.partition(".")
        return {"contact": f"contact_{rest}"}.get(head, rest if head.startswith("lines[") else head.partition("[")[0])

    def value_of(self, path: str) -> Any:
        """What stands in a field such as `lines[2].quantity`, as it was read; None where nothing does."""
        found: Any = self.values
        for step in _STEP.findall(path):
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
                found = found[int(step)]
            else:
                return None
        return found

    def row_of(self, path: str) -> int:
        """The row in which a field such as `lines[2].quantity` stands."""
        match = re.match(r"lines\[(\d{1,6})\]", path)
        return self.rows[min(int(match[1]), len(self.rows) - 1)] if match else self.rows[0]


def decoded(body: bytes) -> str:
    """The text of a file; a byte order mark is no part of it. Raises Invalid for anything but UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise Invalid(
            {
                "field": "body",
                "message": f"is not UTF-8: byte 0x{body[error.start]:02x} in line {line}; save the file as UTF-8",
            }
        ) from error


def orders_in_csv(text: str, first_row: int) -> Iterator[RowOrder]:
    """The orders of a CSV file: adjacent rows with the same reference make one order.

    Raises Invalid, before anything is read, where the header lacks a column or has an unknown one, and
    where quotes are left open.
    """
    rows = _records(text)
    header = [name.strip() for name in next(rows, [])]
    _check_header(header)
    current: RowOrder | None = None
    filled = (row for row in enumerate(rows, first_row + 1) if any(cell.strip() for cell in row[1]))
    for (number, record), (_, following) in pairwise(chain(filled, [(0, [])])):
        references = _references_in(record, header)
        if current is not None and len(record) != len(header):
            # What stands between two rows of one order belongs to it, whatever its own reference has become.
            references += tuple([name for name in _references_in(following, header) if name in current.references])
        if current is None or not any(reference in current.references for reference in references):
            if current is not None:
                yield current
            current = RowOrder([], {}, references=references, is_csv=True)
        _add_row(current, header, record, number)
    if current is not None:
        yield current


def orders_in_ndjson(text: str, first_row: int) -> Iterator[RowOrder]:
    """The orders of an NDJSON file: one JSON object a line, as the booking interface takes it.

    Beside its members there may be `reference` and `country`; empty ones are none.
    """
    for number, line in enumerate(_lines(text), first_row):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield RowOrder([number], {}, mistakes=[(number, "row", f"is not JSON ({error})")])
            continue
        if not isinstance(values, dict):
            yield RowOrder([number], {}, mistakes=[(number, "row", "is not a JSON object")])
            continue
        mistakes = [(number, name, "comes more than once in one object") for name in names_twice(line, values)]
        reference, country = values.pop("reference", None), values.pop("country", None)
        mistakes += [
            (number, name, "must be text, without broken Unicode")
            for name, value in (("reference", reference), ("country", country))
            if value is not None and not (isinstance(value, str) and _is_sound(value))
        ]
        name, home = ("", "") if mistakes else ((reference or "").strip(), (country or "").strip())
        yield RowOrder([number], values, home or None, (name,) if name else (), mistakes)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one at a time: a list of them would take many times the room of the text."""
    begin, end = 0, text.find("\n")
    while end >= 0:
        yield text[begin:end]
        begin, end = end + 1, text.find("\n", end + 1)
    yield text[begin:]


def _is_sound(text: str) -> bool:
    return text.isprintable() or text.encode("utf-8", "ignore").decode() == text


def _records(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise Invalid({"field": "body", "message": f"is not CSV: {error} in line {reader.line_num}"}) from error


def check_csv(text: str) -> None:
    """Raises Invalid where a CSV file has a wrong header or cannot be read to its end."""
    rows = _records(text)
    _check_header([name.strip() for name in next(rows, [])])
    for _ in rows:
        pass


def _check_header(header: list[str]) -> None:
    """Raises Invalid for a header with mistakes; a line that names no column at all is no header, which is one."""
    there_are = f"there are: {', '.join(COLUMNS)}"
    if header and not set(header) & set(COLUMNS):
        message = f"the first line is no header: it names none of the columns; {there_are}"
        raise Invalid({"field": "body", "message": message, "received": ",".join(header)[:200]})
    unknown = [name for name in header if name not in COLUMNS]
    mistakes: list[dict[str, Any]] = [
        {"field": name or "(empty)", "message": "no such column" if place else f"no such column; {there_are}"}
        for place, name in enumerate(unknown)
    ]
    mistakes += [{"field": name, "message": "column is missing"} for name in sorted(REQUIRED - set(header))]
    mistakes += [
        {"field": name, "message": "column comes twice"} for name in sorted(set(header)) if header.count(name) > 1
    ]
    if mistakes:
        raise Invalid(*mistakes)


def _references_in(record: list[str], header: list[str]) -> tuple[str, ...]:
    """What may be a row's reference; where a row has cells too many or too few, it may have moved with them."""
    if "reference" not in header:
        return ()
    place, shift = header.index("reference"), len(record) - len(header)
    places = (place, place + shift) if shift else (place,)
    return tuple([record[at].strip() for at in places if 0 <= at < len(record) and record[at].strip()])


def _add_row(order: RowOrder, header: list[str], record: list[str], number: int) -> None:
    """Adds a row to an order, and notes what is wrong with it."""
    order.rows.append(number)
    if len(order.rows) > MAX_LINES:
        if len(order.rows) == MAX_LINES + 1:
            order.mistakes.append((number, "row", f"is one too many: an order has at most {MAX_LINES} lines"))
        return
    if len(record) != len(header):
        order.mistakes.append((number, "row", f"has {len(record)} cells, the header has {len(header)}"))
        return
    cells = dict(zip(header, record, strict=True))
    order.mistakes += [
        (number, name, "looks like a spreadsheet formula")
        for name, cell in cells.items()
        if cell.lstrip().startswith(_FORMULA) and name not in DATES and not _WHOLE_NUMBER.match(cell.strip())
    ]
    if order.values:
        order.mistakes += [
            (number, name, f"differs from row {order.opened_by} of the same order")
            for name in ORDER_COLUMNS
            if cells.get(name) != order.cells.get(name)
        ]
    else:
        _open(order, cells, number)
    _append_line(order, cells, number)


def _open(order: RowOrder, cells: dict[str, str], number: int) -> None:
    """Reads from a row what every row of an order has in common."""
    order.cells, order.opened_by = cells, number
    order.country, reference = cells.get("country", "").strip() or None, cells.get("reference", "").strip()
    order.references = (reference,) if reference else ()
    values: dict[str, Any] = {
        "icn": cells["icn"].strip(),
        "purchase_order": cells["purchase_order"],
        "contact": {"name": cells["contact_name"], "email": cells["contact_email"].strip()},
        "lines": [],
    }
    if cells.get("customer_name", "").strip():
        values["customer_name"] = cells["customer_name"]
    if cells.get("order_date"):
        values["order_date"] = cells["order_date"]
    order.values = values
    people = people_in(cells.get("registered_end_users", ""))
    values["registered_end_users"] = people or []
    if people is None:
        order.mistakes.append((number, "registered_end_users", "must be 'Name <address>; Name <address>'"))


def people_in(text: str) -> list[dict[str, str]] | None:
    """The people of a text such as `Ann Admin <ann@acme.example>; Bob <bob@acme.example>`; None for another form."""
    read = [_PERSON.match(part.strip()) for part in text.split(";") if part.strip()]
    people = [{"name": match["name"].strip(), "email": match["email"].strip()} for match in read if match]
    return people if len(people) == len(read) else None


def _append_line(order: RowOrder, cells: dict[str, str], number: int) -> None:
    line: dict[str, Any] = {
        "part_number": cells["part_number"],
        "expiration_date": cells["expiration_date"],
    }
    for name in ("serial_number", "start_date", "license_expiration_date"):
        if cells.get(name):
            line[name] = cells[name]
    for name in ("quantity", "line_number"):
        cell = cells.get(name, "").strip()
        if _WHOLE_NUMBER.match(cell):
            line[name] = int(cell)
        elif cell or name == "quantity":
            order.mistakes.append((number, name, f"{cell!r} is not a whole number"))
    order.values["lines"].append(line)
