"""Values as TOML has them: one form for each value, so that equal worlds give equal documents."""

from __future__ import annotations

import re
from typing import Any

from lkc.world.clock import from_micros
from lkc.world.state.parts import Column, Holds

_PLAIN = re.compile(r"[^\"\\\x00-\x08\x0a-\x1f\x7f]*")
_LITERAL = re.compile(r"[^'\x00-\x08\x0a-\x1f\x7f]*")
_ESCAPED = re.compile(r"[\"\\\x00-\x08\x0a-\x1f\x7f]")
_ESCAPED_IN_LINES = re.compile(r"\"{3,}|\"\Z|[\\\x00-\x08\x0b-\x1f\x7f]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
# How a document marks bytes that are no text: the ending of the column's name there.
ENCODED = "_base64"


def text_of(text: str) -> str:
    """A text: between quotes of the kind that spares escapes, or as lines where it has several."""
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    if "\n" in text:
        return f'"""\n{_ESCAPED_IN_LINES.sub(_all_escaped, text)}"""'
    if _LITERAL.fullmatch(text):
        return f"'{text}'"
    return f'"{_ESCAPED.sub(_all_escaped, text)}"'


def _all_escaped(found: re.Match[str]) -> str:
    return "".join(_SHORT.get(character) or f"\\u{ord(character):04x}" for character in found[0])


def moment_of(micros: int) -> str:
    """A moment as TOML's date and time: to the second where it has no fraction."""
    return f"{from_micros(micros).replace(tzinfo=None).isoformat()}Z"


def line_of(name: str, column: Column, value: Any) -> str:
    """One line of a row: a name and its value as a database has it."""
    if isinstance(value, str):
        return f"{name} = {text_of(value)}\n"
    if isinstance(value, bytes):
        return _bytes_line(name, value)
    if column.holds is Holds.MOMENT:
        return f"{name} = {moment_of(value)}\n"
    return f"{name} = {value!r}\n"


def _bytes_line(name: str, value: bytes) -> str:
    """Bytes as the text that they are in UTF-8; as Base64 where they are none."""
    try:
        return f"{name} = {text_of(value.decode())}\n"
    except UnicodeDecodeError:
        import base64  # noqa: PLC0415 - few bytes are no text

        return f'{name}{ENCODED} = "{base64.b64encode(value).decode()}"\n'
