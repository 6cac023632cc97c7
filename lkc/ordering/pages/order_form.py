"""Orders as a form: what stands in its fields, and the message that they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from lkc.ordering.models import BookedOrder
from lkc.ordering.reading import people_in
from lkc.world.rest import flattened

HEAD = ("icn", "customer_name", "purchase_order", "order_date", "contact.name", "contact.email")
LINE = (
    "line_number",
    "part_number",
    "quantity",
    "serial_number",
    "start_date",
    "expiration_date",
    "license_expiration_date",
)
# May be left empty: what the order system puts in then.
OPTIONAL = frozenset({"customer_name", "order_date", "line_number", "serial_number", "start_date"})
SPARE_LINES = 1
MOST_LINES = 200

_LINE_FIELD = re.compile(r"lines\[(\d{1,4})\]\.")


class OrderFields:
    """The fields of an order's form.

    Attributes:
        values: what stands in each field, by its name, such as `lines[0].quantity`.
        errors: what is wrong with a field, by its name; `lines` and others without a field of their own as well.
        lines: how many rows of lines the form has.
    """

    def __init__(self, values: Mapping[str, str], lines: int) -> None:
        self.values = dict(values)
        self.errors: dict[str, list[str]] = {}
        self.lines = max(1, min(lines, MOST_LINES))

    @classmethod
    def of_order(cls, booked: BookedOrder) -> OrderFields:
        """The form of an order that is there."""
        document = booked.document
        values = {name: str(getattr(document, name)) for name in HEAD if "." not in name}
        values |= {"contact.name": document.contact.name, "contact.email": document.contact.email}
        values["registered_end_users"] = "\n".join(f"{one.name} <{one.email}>" for one in document.registered_end_users)
        for place, line in enumerate(document.lines):
            for name in LINE:
                value = getattr(line, name)
                values[f"lines[{place}].{name}"] = "" if value is None else str(value)
        return cls(values, len(document.lines))

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> OrderFields:
        """The form as somebody has filled it in."""
        places = [int(match[1]) for name in form if (match := _LINE_FIELD.match(name))]
        return cls(form, max(places, default=0) + 1)

    def message(self, schema: Schema) -> dict[str, Any] | None:
        """The message that the fields make; None where something is wrong, which stands at the fields then."""
        body: dict[str, Any] = {"contact": {}, "lines": []}
        for name in HEAD:
            text = self.values.get(name, "")
            if text or name not in OPTIONAL:
                into, _, key = name.rpartition(".")
                (body[into] if into else body)[key] = text
        people = people_in("; ".join(filter(None, map(str.strip, self._people().splitlines()))))
        if people is None:
            self.errors["registered_end_users"] = ["Write one person a line: Name <address>."]
        else:
            body["registered_end_users"] = people
        places = [place for place in range(self.lines) if self._is_filled(place)]
        body["lines"] = [self._line(place) for place in places]
        try:
            read = schema.load(body)
        except ValidationError as error:
            self.note(flattened(error.messages), places)
            return None
        return None if self.errors else dict(read)

    def note(self, mistakes: list[dict[str, Any]], places: list[int] | None = None) -> None:
        """Puts mistakes at the fields in which they are; lines of the message are rows of the form."""
        rows = places or [place for place in range(self.lines) if self._is_filled(place)]
        for mistake in mistakes:
            name = mistake["field"]
            if match := _LINE_FIELD.match(name):
                name = f"lines[{rows[int(match[1])]}].{name[match.end() :]}"
            elif name.startswith("registered_end_users"):
                name = "registered_end_users"
            self.errors.setdefault(name, []).append(mistake["message"])

    def _people(self) -> str:
        return self.values.get("registered_end_users", "")

    def _is_filled(self, place: int) -> bool:
        """Whether something but the line's number stands in a row."""
        return any(self.values.get(f"lines[{place}].{name}", "").strip() for name in LINE[1:])

    def _line(self, place: int) -> dict[str, Any]:
        line: dict[str, Any] = {}
        for name in LINE:
            text = self.values.get(f"lines[{place}].{name}", "")
            if name in {"quantity", "line_number"}:
                line[name] = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text
                if name == "line_number" and not text:
                    del line[name]
            elif text or name not in OPTIONAL | {"license_expiration_date"}:
                line[name] = text
        return line
