"""Orders as somebody orders them, before they are booked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lkc.feed import PERMANENT, DocumentLine, Person
from lkc.ordering.catalogue import catalogue
from lkc.world.refusals import Invalid


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
        order_date: text; None takes the date of the world.
    """

    icn: str
    customer_name: str | None = None
    purchase_order: str
    contact: Person
    registered_end_users: tuple[Person, ...] = ()
    order_date: str | None = None
    lines: tuple[DraftLine, ...]


def read(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a checked message with people and lines as what they are."""
    found = dict(values)
    if "contact" in found:
        found["contact"] = Person(**found["contact"])
    if "registered_end_users" in found:
        found["registered_end_users"] = tuple([Person(**person) for person in found["registered_end_users"]])
    if "lines" in found:
        found["lines"] = tuple([DraftLine(**line) for line in found["lines"]])
    return found


def draft_from(values: Mapping[str, Any]) -> Draft:
    """A draft from the values of a checked message."""
    return Draft(**read(values))


def mistakes_in(lines: Iterable[DraftLine]) -> list[dict[str, Any]]:
    """What is wrong with lines: parts that the catalogue does not have, numbers that come twice."""
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    products = catalogue()
    for place, line in enumerate(lines):
        if line.part_number not in products:
            message = "the catalogue has no such part number"
            found.append({"field": f"lines[{place}].part_number", "message": message, "received": line.part_number})
        if line.line_number is not None:
            if line.line_number in seen:
                found.append(
                    {"field": f"lines[{place}].line_number", "message": "comes twice", "received": line.line_number}
                )
            seen.add(line.line_number)
    return found


def numbered(drafts: Iterable[DraftLine]) -> tuple[DocumentLine, ...]:
    """Lines as they go on an order, by number; those without one take the lowest free numbers.

    Raises Invalid, naming each mistake.
    """
    drafts = list(drafts)
    mistakes = mistakes_in(drafts)
    if mistakes:
        raise Invalid(*mistakes)
    taken = {draft.line_number for draft in drafts}
    free = (number for number in range(1, 2 * len(drafts) + 1) if number not in taken)
    lines = []
    for draft in drafts:
        product = catalogue()[draft.part_number]
        end = draft.license_expiration_date
        lines.append(
            DocumentLine(
                line_number=next(free) if draft.line_number is None else draft.line_number,
                part_number=draft.part_number,
                product=product.product,
                delivery=product.delivery,
                quantity=draft.quantity,
                serial_number=draft.serial_number,
                start_date=draft.start_date,
                expiration_date=draft.expiration_date,
                license_expiration_date=PERMANENT if end is None else end,
            )
        )
    return tuple(sorted(lines, key=lambda line: line.line_number))
