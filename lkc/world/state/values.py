"""The values of one row, from a document's to a database's: what each column takes, and what was expected instead."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Boolean, Float, Integer, LargeBinary

from lkc.world.clock import to_micros
from lkc.world.database import insertion
from lkc.world.state.layout import Layout
from lkc.world.state.parts import Column, Holds, Part
from lkc.world.state.texts import ENCODED

LARGEST = 2**63
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A mistake in a row: the name in the document, what was expected, and what was there."""

    name: str
    message: str
    received: Any = ABSENT


class Unfit(Exception):
    """A value that a column does not take; says what was expected."""


class Reader:
    """Reads the rows of one part."""

    def __init__(self, layout: Layout, part: Part) -> None:
        own = [name for name in part.columns if name not in part.key[: layout.inherited(part)]]
        presets = insertion(part.model).presets
        self._columns = {part.called(name): (name, _taker(part, name)) for name in own}
        self._encoded = {
            f"{part.called(name)}{ENCODED}": name for name in own if isinstance(part.table.c[name].type, LargeBinary)
        }
        self._needed = {
            part.called(name)
            for name in own
            if not part.table.c[name].nullable and (name in part.key or presets[name] is None)
        }
        self._others = {name: presets[name] for name in own}

    def read(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Wrong]]:
        """The values by column, and what is wrong with them."""
        found, wrong = dict(self._others), list[Wrong]()
        for name, value in values.items():
            known = self._columns.get(name)
            try:
                if known is not None:
                    found[known[0]] = known[1](value)
                elif name in self._encoded:
                    found[self._encoded[name]] = _decoded(value)
                else:
                    wrong.append(Wrong(name, f"there is no such entry; there are: {', '.join(self._columns)}", value))
            except Unfit as unfit:
                wrong.append(Wrong(name, str(unfit), value))
        missing = self._needed - values.keys() - {name.removesuffix(ENCODED) for name in values}
        return found, [*wrong, *(Wrong(name, "is missing") for name in sorted(missing))]


def _taker(part: Part, name: str) -> Callable[[Any], Any]:
    """What makes of a document's value that of a column."""
    kind, column = part.table.c[name].type, part.columns[name]
    if column.holds is Holds.MOMENT:
        return _moment
    if isinstance(kind, Boolean):
        return _truth
    if isinstance(kind, Integer):
        return _integer
    if isinstance(kind, Float):
        return _number
    if isinstance(kind, LargeBinary):
        return _bytes
    return _checked_text(column)


def _checked_text(column: Column) -> Callable[[Any], str]:
    def taken(value: Any) -> str:
        if not isinstance(value, str):
            raise Unfit("must be a text in quotes")
        if column.one_of and value not in column.one_of:
            raise Unfit(f"must be one of: {', '.join(column.one_of)}")
        if column.holds is Holds.JSON and value:
            _check_json(value)
        return value

    return taken


def _check_json(text: str) -> None:
    try:
        read = orjson.loads(text)
    except orjson.JSONDecodeError:
        read = None
    if not isinstance(read, dict):
        raise Unfit("must be a JSON object as a text")


def _moment(value: Any) -> int:
    if not isinstance(value, datetime):
        raise Unfit("must be a date and time such as 2014-03-03T09:00:00Z, without quotes")
    return to_micros(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unfit("must be true or false")
    return value


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise Unfit("must be a whole number without quotes")
    if not -LARGEST <= value < LARGEST:
        raise Unfit("must be a number of at most 64 bits")
    return value


def _number(value: Any) -> float:
    if type(value) not in {int, float} or value != value or abs(value) > LARGEST:  # noqa: PLR0124 - not a number
        raise Unfit("must be a number without quotes")
    return float(value)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str):
        raise Unfit("must be a text in quotes")
    return value.encode()


def _decoded(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise Unfit("must be Base64") from None
