"""Reading a document: rows with their lines, and every mistake by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lkc.world.clock import EARLIEST, LATEST, Mode, to_micros
from lkc.world.state.blocks import Block, Unreadable, blocks
from lkc.world.state.layout import Layout
from lkc.world.state.mistakes import Mistakes
from lkc.world.state.parts import Part
from lkc.world.state.values import ABSENT, Reader, Wrong
from lkc.world.state.writing import FORMAT, Head

LARGEST_SEED = 2**53
_HEADS = ("", "world", "world.numbers")

# Makes of a header and its values what the next format has in their place.
Step = Callable[[str, dict[str, Any]], tuple[str, dict[str, Any]]]
# By the format that they lead away from.
STEPS: Mapping[int, Step] = {}


@dataclass(slots=True)
class Row:
    """A row as it goes into the database.

    Attributes:
        values: by column.
        block: where it stands.
        name: what it is called in mistakes, such as `keycenter.license[L-17]`.
    """

    part: Part
    values: dict[str, Any]
    block: Block

    @property
    def name(self) -> str:
        """What it is called in mistakes."""
        return f"{self.block.header}[{', '.join(str(self.values[name]) for name in self.part.key)}]"

    def field(self, column: str) -> str:
        """What one of its columns is called in mistakes."""
        return f"{self.name}.{self.part.called(column)}"

    def line_of(self, column: str) -> int:
        """The line on which a column has its value."""
        return self.block.line_of(self.part.called(column))


@dataclass(kw_only=True)
class Document:
    """A document that is read.

    Attributes:
        content: as it came.
        layout: what may stand in it.
        steps: what leads older formats to this one.
        newest: the format that is this version's.
    """

    content: bytes
    layout: Layout
    steps: Mapping[int, Step] = field(default_factory=lambda: STEPS)
    newest: int = FORMAT
    mistakes: Mistakes = field(default_factory=Mistakes)
    format: int = FORMAT

    def head(self) -> Head:
        """What it says of the world as a whole. Raises Invalid, also for a format of a later version."""
        found = {block.header: block for block in self._heads()}
        values = {name: self._values(block) for name, block in found.items()}
        self._check_format(found.get(""), values.get("", {}))
        top = Block("world", is_row=False, line=1, text="")
        block = found.get("world", top)
        wanted = Entries(self.mistakes, block, "world", self._upgraded("world", values.get("world", {})))
        seed = wanted.integer("seed", LARGEST_SEED)
        now, mode = wanted.moment("now"), wanted.one_of("clock", [mode.value for mode in Mode])
        wanted.end()
        numbers = Entries(
            self.mistakes,
            found.get("world.numbers", block),
            "world.numbers",
            self._upgraded("world.numbers", values.get("world.numbers", {})),
        )
        counted = {name: numbers.integer(name, 2**62) for name in list(numbers.values)}
        self.mistakes.refuse()
        return Head(seed=seed, now=now, mode=mode, numbers=counted)

    def rows(self) -> Iterator[Row]:
        """Its rows, in its order; those with mistakes are noted and left out. Raises Invalid for too many mistakes."""
        readers = {part: Reader(self.layout, part) for part in self.layout.parts}
        above: dict[Part, Row | None] = {}
        seen: set[str] = set()
        for block in self._blocks():
            if block.header in _HEADS:
                if block.header in seen or block.is_row:
                    self.mistakes.add(block.line, block.header, "stands there once, as [world] or [world.numbers]")
                seen.add(block.header)
                continue
            row = self._row(block, readers, above)
            if row is not None:
                yield row

    def _row(self, block: Block, readers: Mapping[Part, Reader], above: dict[Part, Row | None]) -> Row | None:
        values = self._values(block)
        block.header, values = self._step(block.header, values)
        part = self.layout.by_header.get(block.header)
        if part is None or not block.is_row:
            known = "a row is headed [[SYSTEM.NAME]], and these there are: " + ", ".join(self.layout.by_header)
            wanted = known if part is None else f"a row is headed [[{block.header}]]"
            self.mistakes.add(block.line, block.header, wanted)
            return None
        above[part] = None
        inherited: dict[str, Any] = {}
        if part.above is not None:
            upper = self.layout.above(part)
            owner = above.get(upper)
            if owner is None:
                if upper not in above:
                    self.mistakes.add(block.line, block.header, f"must stand below a [[{self.layout.header(upper)}]]")
                return None
            own = part.key[: len(upper.key)]
            inherited = {name: owner.values[key] for name, key in zip(own, upper.key, strict=True)}
        read, wrong = readers[part].read(values)
        for one in wrong:
            self._note(block, values, part, one)
        if wrong:
            return None
        row = above[part] = Row(part, inherited | read, block)
        return row

    def _note(self, block: Block, values: Mapping[str, Any], part: Part, wrong: Wrong) -> None:
        key = [str(values[name]) for name in map(part.called, part.key) if name in values]
        name = f"{block.header}[{', '.join(key)}].{wrong.name}" if key else f"{block.header}.{wrong.name}"
        received = () if wrong.received is ABSENT else (wrong.received,)
        self.mistakes.add(block.line_of(wrong.name), name, wrong.message, *received)

    def _check_format(self, block: Block | None, values: dict[str, Any]) -> None:
        """Sees which format it is. Raises Invalid for one that this version does not know."""
        place = block or Block("", is_row=False, line=1, text="")
        top = Entries(self.mistakes, place, "", values)
        known = f"this version reads formats up to {self.newest}"
        self.format = top.integer("format", 2**31, hint=known)
        if not 1 <= self.format <= self.newest and not self.mistakes.found:
            self.mistakes.add(top.line("format"), "format", known, self.format)
        self.mistakes.refuse()
        top.end()

    def _values(self, block: Block) -> dict[str, Any]:
        try:
            return block.values()
        except Unreadable as error:
            self.mistakes.add(error.line, block.header, f"is no TOML: {error.message}")
            return {}

    def _upgraded(self, header: str, values: dict[str, Any]) -> dict[str, Any]:
        return self._step(header, values)[1]

    def _step(self, header: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        for number in range(self.format, self.newest):
            header, values = self.steps[number](header, values)
        return header, values

    def _heads(self) -> list[Block]:
        """The blocks about the world as a whole; usually they are the first ones."""
        found: list[Block] = []
        for block in self._blocks():
            if block.header in _HEADS and block.header not in {one.header for one in found}:
                found.append(block)
            if len(found) == len(_HEADS):
                break
        return found

    def _blocks(self) -> Iterator[Block]:
        try:
            yield from blocks(self.content)
        except Unreadable as error:
            self.mistakes.add(error.line, "", error.message)
            self.mistakes.refuse()


class Entries:
    """The entries of a block about the world as a whole, taken one by one."""

    def __init__(self, mistakes: Mistakes, block: Block, name: str, values: dict[str, Any]) -> None:
        self.values = dict(values)
        self._mistakes, self._block, self._name = mistakes, block, name

    def integer(self, name: str, largest: int, hint: str = "") -> int:
        """A whole number from 0 on."""
        value = self._taken(name, hint)
        if value is None:
            return 0
        if type(value) is not int or not 0 <= value <= largest:
            self._wrong(name, hint or f"must be a whole number from 0 to {largest}", value)
            return 0
        return value

    def moment(self, name: str) -> int:
        """A moment within a world's time, in microseconds."""
        value = self._taken(name, "")
        if value is None:
            return 0
        if not isinstance(value, datetime) or not EARLIEST <= _utc(value) <= LATEST:
            first, last = EARLIEST.year, LATEST.year
            self._wrong(name, f"must be a moment from {first} to {last} such as 2014-03-03T09:00:00Z", value)
            return 0
        return to_micros(value)

    def one_of(self, name: str, choices: list[str]) -> str:
        """One of a few texts."""
        value = self._taken(name, "")
        if value is not None and value not in choices:
            self._wrong(name, f"must be one of: {', '.join(choices)}", value)
        return str(value)

    def end(self) -> None:
        """Notes what nobody has taken."""
        for name, value in self.values.items():
            self._wrong(name, "is nothing that stands here", value)

    def line(self, name: str) -> int:
        """The line of an entry."""
        return max(1, self._block.line_of(name))

    def _taken(self, name: str, hint: str) -> Any:
        if name not in self.values:
            self._mistakes.add(self.line(name), self._full(name), f"is missing{'; ' if hint else ''}{hint}")
            return None
        return self.values.pop(name)

    def _wrong(self, name: str, message: str, value: Any) -> None:
        self._mistakes.add(self.line(name), self._full(name), message, value)

    def _full(self, name: str) -> str:
        return f"{self._name}.{name}" if self._name else name


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
