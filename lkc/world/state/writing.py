"""Writing a world as a document, row by row: the same world always gives the same text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean

from lkc.world.session import WorldSession
from lkc.world.state.layout import Layout, Section
from lkc.world.state.parts import Part
from lkc.world.state.texts import line_of, moment_of

FORMAT = 1

HEADING = f"""\
# A world of the LKC Simulator, complete: `lkc state import FILE` makes a world of it again.
# Texts are kept letter by letter, also such as are wrong. What a row does not name, it does not have.
format = {FORMAT}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a document says of the world as a whole.

    Attributes:
        seed: from which numbers and keys follow.
        now: what the clock shows, in microseconds since 1970.
        mode: whether it runs.
        numbers: the last number given out, by kind.
    """

    seed: int
    now: int
    mode: str
    numbers: Mapping[str, int]

    def text(self) -> str:
        """The head as it stands in a document."""
        numbers = "".join(f"{kind} = {last}\n" for kind, last in sorted(self.numbers.items()))
        return (
            f'{HEADING}\n[world]\nseed = {self.seed}\nnow = {moment_of(self.now)}\nclock = "{self.mode}"\n'
            f"\n# The last number of each kind that was given out.\n[world.numbers]\n{numbers}"
        )


def head_of(world: WorldSession) -> Head:
    """What a document says of a world as a whole."""
    clock = world.clock
    return Head(seed=world.seed, now=clock.micros(), mode=clock.mode.value, numbers=dict(world.ids.counters))


def written(world: WorldSession, layout: Layout) -> Iterator[str]:
    """A world as a document, in pieces; to be read to its end within the session."""
    yield head_of(world).text()
    for section in layout.sections:
        yield heading(section)
        for part in section.parts:
            if part.above is None:
                yield from _rows_of(world, layout, part)


def heading(section: Section) -> str:
    """What stands above the rows of a system."""
    line = f"# {section.title}"
    return f"\n\n{line}\n# {'-' * (len(line) - 2)}\n"


class Scribe:
    """Writes the rows of one part.

    Args:
        layout: the layout in which it is.
        part: the part.
    """

    def __init__(self, layout: Layout, part: Part) -> None:
        inherited = layout.inherited(part)
        # A row that stands below another one need not repeat whose it is.
        shown = [column.name for column in part.table.columns if column.name not in part.key[:inherited]]
        self.columns = [*part.key[:inherited], *shown]
        self.inherited = inherited
        self._lines = [(place, part.called(name), part.columns[name]) for place, name in enumerate(self.columns)]
        self._lines = self._lines[inherited:]
        self._header = f"\n[[{layout.header(part)}]]\n"
        self._truths = {name for name in shown if isinstance(part.table.c[name].type, Boolean)}
        self._part = part

    def query(self) -> str:
        """The statement that reads the rows in their order."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        return f"SELECT {names} FROM {self._part.table.name} ORDER BY {self._part.order_by}"  # noqa: S608 - our names

    def row(self, values: tuple[Any, ...]) -> str:
        """One row as text; what it does not have is left out."""
        lines = [self._header]
        for place, name, column in self._lines:
            value = values[place]
            if value is None:
                continue
            if self._truths and self.columns[place] in self._truths:
                lines.append(f"{name} = {'true' if value else 'false'}\n")
            else:
                lines.append(line_of(name, column, value))
        return "".join(lines)


def _rows_of(world: WorldSession, layout: Layout, part: Part) -> Iterator[str]:
    """The rows of a part, each followed by those that stand below it."""
    scribe = Scribe(layout, part)
    below = [_Below(world, Scribe(layout, other)) for other in layout.below(part)]
    keys = [scribe.columns.index(name) for name in part.key]
    for values in world.driver.execute(scribe.query()):
        text = scribe.row(values)
        if below:
            key = tuple(values[place] for place in keys)
            text += "".join(one.rows_at(key) for one in below)
        yield text


class _Below:
    """The rows of a part that stands below another, which come in the same order as those above them."""

    def __init__(self, world: WorldSession, scribe: Scribe) -> None:
        self._scribe = scribe
        self._rows = iter(world.driver.execute(scribe.query()))
        self._next: tuple[Any, ...] | None = next(self._rows, None)

    def rows_at(self, key: tuple[Any, ...]) -> str:
        """The rows below the one with this key, as text."""
        found = []
        while self._next is not None and self._next[: self._scribe.inherited] == key:
            found.append(self._scribe.row(self._next))
            self._next = next(self._rows, None)
        return "".join(found)
