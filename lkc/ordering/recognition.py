"""By what an order of a file is recognised when the file is imported again, corrected or not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from lkc.ordering.models import OrderRow, Status
from lkc.ordering.orders import ImportedFrom
from lkc.ordering.reading import RowOrder
from lkc.world.session import WorldSession


def origin_of(order: RowOrder, file: str, values: dict[str, Any] | None) -> ImportedFrom:
    """Where an order comes from: the file's name for it, its row, and a digest of what it says.

    Its name is its own reference or, without one, its row. A row of an unnamed file is no name, for the next such
    file may be another one: there only the same content in the same row is the same order.

    Args:
        order: the order as it was read.
        file: name of the file; empty for an unnamed one. It holds no line end, so no two keys are alike.
        values: the order's content; None where it is not well formed.
    """
    row = order.rows[0]
    digest = "" if values is None else _digest(values)
    if order.references:
        key = f"{file}\nreference\n{order.references[0]}"
    else:
        key = f"{file}\nrow\n{row}" if file else f"\nrow\n{row}\n{digest}"
    return ImportedFrom(key, row, digest)


def _digest(values: dict[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Former:
    """An order that an earlier import has booked."""

    number: str
    status: Status
    digest: str | None

    def other_content(self, *, submit: bool) -> str:
        """What is said of a row with the name of this order and other content, and how to change the order."""
        if self.status is Status.CANCELLED:
            return f"was imported as order {self.number}, which is cancelled; a new order needs another reference"
        query = "?submit=true" if submit else ""
        return (
            f"was imported as order {self.number} with other content; change that order with "
            f"PATCH /ordering/api/v1/orders/{self.number}{query}"
        )


def former_orders(world: WorldSession, keys: Iterable[str]) -> dict[str, Former]:
    """The orders that were imported under these keys, in one statement."""
    query = select(OrderRow.import_key, OrderRow.order_number, OrderRow.status, OrderRow.import_digest)
    found = world.orm.execute(query.where(OrderRow.import_key.in_(list(keys))))
    return {key: Former(number, Status(status), digest) for key, number, status, digest in found if key is not None}
