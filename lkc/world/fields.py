"""Fields for the messages of every interface: text that can be stored and shown, and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from marshmallow import ValidationError, fields, validate

from lkc.world.clock import EARLIEST, LATEST

MAX_TEXT = 250
MAX_EMAIL = 254
MAX_ROW = 2**63 - 1

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")

_BROKEN = re.compile(r"[\x00\ud800-\udfff]")

# The same as patterns of JSON Schema, in whose documents there is no broken Unicode.
CONTROLS = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff"
_FIT = rf"^[^{CONTROLS}]*$"
_NOT_BLANK = rf"^[^{CONTROLS}]*[^{CONTROLS}\s][^{CONTROLS}]*$"
_WHOLE = r"^[^\u0000]*$"

# The days that there are between EARLIEST and LATEST, and the times of a day; a pattern has no better word for them.
_DAY = (
    r"(?:199\d|2[01]\d\d)-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31)"
    r"|(?:199[26]|20(?:[02468][048]|[13579][26])|21(?:0[48]|[2468][048]|[13579][26]))-02-29"
)
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
_MOMENT = rf"^(?:{_DAY})(?:[T ]{_HOUR}(?::[0-5]\d(?:\.\d{{1,6}})?)?(?:Z|[+-]{_HOUR})?)?$".replace(r"\d", "[0-9]")


class Doubtful(Exception):
    """A value that is not plainly right; what is wrong with it, if anything, marshmallow says."""


class Plain:
    """A field without marshmallow's detours: its validators run one by one, where marshmallow builds an object
    for them at each value. Fields of single values have a quick way too (`plainly`, see `lkc.world.quick`).
    """

    validators: list[Callable[[Any], Any]]

    def _validate(self, value: Any) -> None:
        for validator in self.validators:
            validator(value)


class Text(Plain, fields.String):
    """One line of text: no control characters, no broken Unicode, not longer than a bound.

    Args:
        longest: bound in characters.
        shortest: 0 where the text may be empty; else it may not consist of blanks alone, and blanks around
            it are taken away.
        form: a regular expression for the whole text, and what to say of a text that has another form.
        options: what marshmallow's `String` takes.
    """

    def __init__(
        self, *, longest: int = MAX_TEXT, shortest: int = 1, form: tuple[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self._shortest, self._longest = shortest, longest
        self._form = None if form is None else re.compile(form[0])
        self._other_form = "" if form is None else form[1]

    def described(self) -> dict[str, Any]:
        """The rules as keywords of JSON Schema."""
        form = _FIT if self._form is None else rf"^(?:{self._form.pattern})$"
        if self._form is None and self._shortest:
            form = _NOT_BLANK
        return {"minLength": self._shortest, "maxLength": self._longest, "pattern": form}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if _UNFIT.search(text):
            raise ValidationError("Holds control characters or broken Unicode.")
        if self._shortest:
            text = text.strip()
        if not self._shortest <= len(text) <= self._longest:
            raise ValidationError(f"Length must be between {self._shortest} and {self._longest}.")
        if self._form is not None and self._form.fullmatch(text) is None:
            raise ValidationError(self._other_form)
        return text

    def plainly(self, value: Any) -> str:
        """The text as read. Raises Doubtful."""
        if type(value) is not str or _UNFIT.search(value):
            raise Doubtful
        text = value.strip() if self._shortest else value
        if not self._shortest <= len(text) <= self._longest:
            raise Doubtful
        if self._form is not None and self._form.fullmatch(text) is None:
            raise Doubtful
        return text


class Anything(Plain, fields.String):
    """Text of any kind that can be stored: a password, a name to look for. Nothing is taken away from it.

    A form that is checked elsewhere is described with `metadata={"pattern": ...}`.
    """

    def __init__(self, *, longest: int = 1000, **options: Any) -> None:
        super().__init__(**options)
        self._longest = longest

    def described(self) -> dict[str, Any]:
        """The rules as keywords of JSON Schema."""
        bounds = [rule.max for rule in self.validators if isinstance(rule, validate.Length) and rule.max is not None]
        elsewhere = {key: self.metadata[key] for key in ("maxLength", "pattern") if key in self.metadata}
        return {"maxLength": min([self._longest, *bounds]), "pattern": _WHOLE} | elsewhere

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > self._longest:
            raise ValidationError(f"Must not be longer than {self._longest}.")
        if _BROKEN.search(text):
            raise ValidationError("Holds broken Unicode.")
        return text


class RowNumber(fields.Integer):
    """The number of a row, within what a database can hold."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Range(0, MAX_ROW), **options)


def _is_plain_address(text: str) -> None:
    """No quoted names, blanks or control characters: addresses here stand in headers and in lists."""
    if not text.isprintable() or set(text) & set(' "<>()\\,;:'):
        raise ValidationError("Not a plain email address.")


class EmailAddress(Plain, fields.Email):
    """An e-mail address of reasonable length."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators.append(validate.Length(max=MAX_EMAIL))
        self.validators.append(_is_plain_address)

    def plainly(self, value: Any) -> str:
        """The address as read. Raises Doubtful."""
        if type(value) is not str or not _is_address(value):
            raise Doubtful
        return value


@lru_cache(maxsize=8192)
def _is_address(text: str) -> bool:
    """Whether a text is an address; the same few come again and again."""
    try:
        EmailAddress().deserialize(text)
    except ValidationError:
        return False
    return True


class Count(Plain, fields.Integer):
    """A whole number within bounds, which may be written `5.0`; text that looks like one is none."""

    def __init__(self, lowest: int, highest: int, **options: Any) -> None:
        super().__init__(strict=True, **options)
        self._lowest, self._highest = lowest, highest

    def described(self) -> dict[str, Any]:
        """The rules as keywords of JSON Schema."""
        return {"minimum": self._lowest, "maximum": self._highest}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        number = super()._deserialize(whole, attr, data, **kwargs)
        if not self._lowest <= number <= self._highest:
            raise ValidationError(f"Must be between {self._lowest} and {self._highest}.")
        return number

    def plainly(self, value: Any) -> int:
        """The number as read. Raises Doubtful."""
        if type(value) is not int or not self._lowest <= value <= self._highest:
            raise Doubtful
        return value


class Flag(Plain, fields.Boolean):
    """True or false; a number or a text that looks like one of them is neither."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:  # noqa: ARG002 - marshmallow's form
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Nested(Plain, fields.Nested):
    """A message within a message."""


class Many(Plain, fields.List[Any]):
    """A list of bounded length."""

    def __init__(self, inner: fields.Field[Any], shortest: int, longest: int, **options: Any) -> None:
        super().__init__(inner, **options)
        self.shortest, self.longest = shortest, longest
        self._bound = validate.Length(shortest, longest)
        self.validators.append(self._bound)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.longest:
            self._bound(value)  # before its entries are read: naming the mistakes of a million takes minutes
        return super()._deserialize(value, attr, data, **kwargs)


class Moment(fields.Field[datetime]):
    """A moment as ISO 8601 text, e.g. `2014-03-03T09:00:00Z` or `2014-03-03`; without a zone it is UTC."""

    def described(self) -> dict[str, Any]:
        """The rules as keywords of JSON Schema: the usual forms, of which others are taken too (week dates)."""
        return {"type": "string", "pattern": _MOMENT}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:  # noqa: ARG002 - marshmallow's form
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ValidationError("Must be a moment such as 2014-03-03T09:00:00Z.") from error
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        if not EARLIEST <= moment <= LATEST:
            raise ValidationError(f"Must lie between {EARLIEST.year} and {LATEST.year}.")
        return moment.astimezone(UTC)
