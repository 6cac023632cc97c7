"""Fields for the messages of every interface: text that can be stored and shown, and addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from lkc.world.clock import EARLIEST, LATEST

MAX_TEXT = 250
MAX_EMAIL = 254

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")


class Text(fields.String):
    """One line of text: no control characters, no broken Unicode, not longer than a bound.

    Args:
        longest: bound in characters.
        shortest: 0 where the text may be empty; else it may not consist of blanks alone, and blanks around
            it are taken away.
        options: what marshmallow's `String` takes.
    """

    def __init__(self, *, longest: int = MAX_TEXT, shortest: int = 1, **options: Any) -> None:
        super().__init__(validate=validate.Length(shortest, longest), **options)
        self._trimmed = shortest > 0

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if _UNFIT.search(text):
            raise ValidationError("Holds control characters or broken Unicode.")
        return text.strip() if self._trimmed else text


class EmailAddress(fields.Email):
    """An e-mail address of reasonable length."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators.append(validate.Length(max=MAX_EMAIL))


class Moment(fields.Field[datetime]):
    """A moment as ISO 8601 text, e.g. `2014-03-03T09:00:00Z` or `2014-03-03`; without a zone it is UTC."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:  # noqa: ARG002 - marshmallow's form
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ValidationError("Must be a moment such as 2014-03-03T09:00:00Z.") from error
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        if not EARLIEST <= moment <= LATEST:
            raise ValidationError(f"Must lie between {EARLIEST.year} and {LATEST.year}.")
        return moment.astimezone(UTC)
