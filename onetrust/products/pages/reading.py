"""Reading a field of a page by the rules of the message that it belongs to."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError

from lkc.world.refusals import Invalid


def read_field(schema: Schema, name: str, value: Any) -> Any:
    """A value as the schema's field reads it. Raises Invalid."""
    try:
        return schema.fields[name].deserialize(value)
    except ValidationError as error:
        raise Invalid(*[{"field": name, "message": str(message)} for message in error.messages]) from error
