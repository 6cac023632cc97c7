"""Fields for the messages of every interface: text that can be stored and shown, and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from lkc.world.clock import EARLIEST, LATEST

MAX_TEXT = 250
MAX_EMAIL = 254

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")


class _Plain:
    """Runs validators one by one; marshmallow builds an object for them at each value, even for none."""

    validators: list[Callable[[Any], Any]]

    def _validate(self, value: Any) -> None:
        for validator in self.validators:
            validator(value)


class Text(_Plain, fields.String):
    """One line of text: no control characters, no broken Unicode, not longer than a bound.

    Args:
        longest: bound in characters.
        shortest: 0 where the text may be empty; else it may not consist of blanks alone, and blanks around
            it are taken away.
        options: what marshmallow's `String` takes.
    """

    def __init__(self, *, longest: int = MAX_TEXT, shortest: int = 1, **options: Any) -> None:
        super().__init__(**options)
        self._shortest, self._longest = shortest, longest

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if _UNFIT.search(text):
            raise ValidationError("Holds control characters or broken Unicode.")
        if self._shortest:
            text = text.strip()
        if not self._shortest <= len(text) <= self._longest:
            raise ValidationError(f"Length must be between {self._shortest} and {self._longest}.")
        return text


class EmailAddress(_Plain, fields.Email):
    """An e-mail address of reasonable length."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators.append(validate.Length(max=MAX_EMAIL))


class Count(_Plain, fields.Integer):
    """A whole number within bounds; text that looks like one is none."""

    def __init__(self, lowest: int, highest: int, **options: Any) -> None:
        super().__init__(strict=True, **options)
        self._lowest, self._highest = lowest, highest

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        number = super()._deserialize(value, attr, data, **kwargs)
        if not self._lowest <= number <= self._highest:
            raise ValidationError(f"Must be between {self._lowest} and {self._highest}.")
        return number


class Nested(_Plain, fields.Nested):
    """A message within a message."""


class Many(_Plain, fields.List[Any]):
    """A list of bounded length."""

    def __init__(self, inner: fields.Field[Any], shortest: int, longest: int, **options: Any) -> None:
        super().__init__(inner, **options)
        self.validators.append(validate.Length(shortest, longest))


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
