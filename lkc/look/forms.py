"""Forms of pages: each is bound to the session in which it was shown, so that no other site can send it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from marshmallow import Schema, ValidationError

from lkc.world.hold import current_world
from lkc.world.keys import derive
from lkc.world.rest import flattened

LONGEST_NUMBER = 15


class Form(FlaskForm):  # type: ignore[misc] # Flask-WTF ships no types
    """A form with the mark that shows it was not made elsewhere; a form without fields is a button."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # likewise
        """How forms of pages are checked: the mark holds as long as the session, whatever the time."""

        csrf_time_limit: ClassVar[Any] = None

        @property
        def csrf_secret(self) -> bytes:
            """The key of the mark, which follows from the world's."""
            return derive(current_world().seed, "forms")


def read_form(form: Form, schema: Schema, numbers: Collection[str] = ()) -> dict[str, Any] | None:
    """What a form says, by the rules of a message; None where something is wrong, which stands at its fields then.

    Args:
        form: its fields have the names of the message's members; an empty one says nothing.
        schema: of the message.
        numbers: members that are whole numbers.
    """
    said = {name: text for name, text in form.data.items() if name != "csrf_token" and text not in {None, ""}}
    body = {name: _number(text) if name in numbers else text for name, text in said.items()}
    try:
        read: dict[str, Any] = schema.load(body)
    except ValidationError as error:
        for mistake in flattened(error.messages):
            form[mistake["field"]].errors = [mistake["message"]]
        return None
    return read


def _number(text: str) -> int | str:
    """A whole number; what looks like none stays, to be refused."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else text
