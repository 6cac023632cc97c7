"""A document as blocks, a header with what stands below it, each with its line: what can be read piece by piece."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*([A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*)[ \t]*(\]\]?)[ \t]*(?:#.*)?")
# What begins or is a text or a remark within a line, and the ends of texts that have several lines.
_PIECE = re.compile(r"\"\"\"|'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#.*")
_END = {
    '"""': re.compile(r"(?:[^\\\"]|\\.|\"{1,2}(?!\"))*?\"{3,5}", re.DOTALL),
    "'''": re.compile(r".*?'{3,5}", re.DOTALL),
}
# A text or a remark as a whole; one without an end goes to the end of the block.
_TEXT = re.compile(
    r"\"{3}(?:[^\\\"]+|\\.|\"{1,2}(?!\"))*+(?:\"{3,5}|\\?\Z)|'{3}.*?(?:'{3,5}|\Z)|\"[^\"\\\n]*(?:\\.[^\"\\\n]*)*+\"|'[^'\n]*'|#[^\n]*",
    re.DOTALL,
)
MOST_PARTS = 16
_LONG_NAME = re.compile(rf"(?<![\w-])(?:[\w-]+[ \t]*\.[ \t]*){{{MOST_PARTS}}}")
_USUAL = re.compile(r"\[\[([a-z0-9_.]*[a-z0-9_])\]\]\n")
_NAME = re.compile(r"[ \t]*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*=")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")
# Lines as documents are written; a block of these alone need not be read by the long way.
_QUICK = re.compile(
    r"([a-z0-9_-]+) = (?:\"([^\"\\\x00-\x1f\x7f]*)\"|'([^'\x00-\x1f\x7f]*)'|(0|-?[1-9][0-9]{0,17})|(true|false))\n"
)


class Unreadable(Exception):
    """A block that is not TOML.

    Attributes:
        line: counted from the beginning of the document.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(slots=True)
class Block:
    """A header and the lines below it.

    Attributes:
        header: the name in the header; empty for what stands above all headers.
        is_row: whether the header is of the kind `[[...]]`.
        line: the header's line; what stands below begins on the next.
        text: the lines below.
    """

    header: str
    is_row: bool
    line: int
    text: str

    def values(self) -> dict[str, Any]:
        """What stands there. Raises Unreadable."""
        quick = self._quickly()
        if quick is not None:
            return quick
        self._check_names()
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            message = str(error)
            place = _AT_LINE.search(message)
            last = self.text.rstrip("\n").count("\n") + 1
            within = int(place[1]) if place and place[1] else last
            raise Unreadable(self.line + within, message[: place.start() if place else None]) from None
        except (ValueError, RecursionError) as error:
            raise Unreadable(self.line, str(error)) from None

    def _check_names(self) -> None:
        """Refuses names of very many parts, over which a reader would sit for seconds."""
        if self.text.count(".") < MOST_PARTS:
            return
        bare = _TEXT.sub(_emptied, self.text)
        found = _LONG_NAME.search(bare)
        if found is not None:
            line = self.line + 1 + bare.count("\n", 0, found.start())
            raise Unreadable(line, f"a name may have at most {MOST_PARTS} parts")

    def _quickly(self) -> dict[str, Any] | None:
        """What stands there, where every line is of the simplest form; else None."""
        found: dict[str, Any] = {}
        place, lines = 0, 0
        text = self.text
        while match := _QUICK.match(text, place):
            name, basic, literal, number, truth = match.groups()
            if basic is not None:
                found[name] = basic
            elif literal is not None:
                found[name] = literal
            elif number is not None:
                found[name] = int(number)
            else:
                found[name] = truth == "true"
            place, lines = match.end(), lines + 1
        return found if lines == len(found) and not text[place:].strip("\n") else None

    def line_of(self, name: str) -> int:
        """The line on which a name gets its value; that of the header where there is none."""
        inside = ""
        for number, line in enumerate(self.text.split("\n"), self.line + 1):
            found = None if inside else _NAME.match(line)
            if found and name in found.groups():
                return number
            inside = _state_after(line, inside)
        return self.line


def blocks(document: bytes) -> Iterator[Block]:
    """The blocks of a document in their order. Raises Unreadable for bytes that are no UTF-8."""
    lines = io.TextIOWrapper(io.BytesIO(document), encoding="utf-8-sig", newline="\n")
    header, is_row, at, below, inside = "", False, 0, list[str](), ""
    try:
        for number, line in enumerate(lines, 1):
            if not inside and line.lstrip(" \t").startswith("["):
                yield Block(header, is_row, at, "".join(below))
                header, is_row = _header(number, line)
                at, below = number, []
                continue
            below.append(line)
            if inside or '"""' in line or "'''" in line:
                inside = _state_after(line, inside)
    except UnicodeDecodeError as error:
        raise Unreadable(document.count(b"\n", 0, _bad_byte(document)) + 1, f"is no UTF-8 ({error.reason})") from None
    yield Block(header, is_row, at, "".join(below))


def _bad_byte(document: bytes) -> int:
    try:
        document.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _header(number: int, line: str) -> tuple[str, bool]:
    known = _USUAL.fullmatch(line)
    if known is not None:
        return known[1], True
    found = _HEADER.fullmatch(line.rstrip("\r\n"))
    if found is None or len(found[1]) != len(found[3]):
        raise Unreadable(number, f"no header that documents have: {line.strip()[:80]}")
    return re.sub(r"[ \t]", "", found[2]), len(found[1]) == 2


def _state_after(line: str, inside: str) -> str:
    """The kind of quotes of the text that goes on after a line; empty where none does."""
    place = 0
    while True:
        if inside:
            end = _END[inside].match(line, place)
            if end is None:
                return inside
            place, inside = end.end(), ""
        piece = _PIECE.search(line, place)
        if piece is None:
            return ""
        place = piece.end()
        if piece[0] in _END:
            inside = piece[0]


def _emptied(text: re.Match[str]) -> str:
    """What stands for a text where only names are looked at; it has as many lines."""
    return "s" + "\n" * text[0].count("\n")
