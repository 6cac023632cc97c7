"""What is different between two worlds, in words of their systems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean

from lkc.world.clock import SECOND, Mode, from_micros, stamp
from lkc.world.session import WorldSession
from lkc.world.state.kernel import SYSTEM
from lkc.world.state.layout import Layout
from lkc.world.state.parts import SECRET, Holds, Part

# Clocks of two running worlds that differ by less show the same time.
SAME = SECOND
HIDDEN = "***"
LONGEST = 60
FETCHED = 500

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        system: id of the system in which it is.
        what: of what it is, such as `license L-17`.
        before: what the first world has, by column; None where it has nothing.
        after: what the second world has.
        text: the same as a sentence.
    """

    system: str
    what: str
    before: Any
    after: Any
    text: str


def changes(one: WorldSession, other: WorldSession, layout: Layout) -> Iterator[Change]:
    """What is different in the second world, system by system; nothing for equal worlds."""
    yield from _clock(one, other)
    for part in layout.parts:
        yield from _Comparison(part).between(one, other)
    yield from _numbers(one, other)


def _clock(one: WorldSession, other: WorldSession) -> Iterator[Change]:
    if one.seed != other.seed:
        yield Change(SYSTEM, "seed", one.seed, other.seed, f"seed {one.seed} -> {other.seed}")
    before, after = one.clock.micros(), other.clock.micros()
    modes = (one.clock.mode.value, other.clock.mode.value)
    running = modes == (Mode.RUNNING.value, Mode.RUNNING.value)
    if before != after and not (running and abs(after - before) < SAME):
        yield Change(SYSTEM, "clock", _shown(before), _shown(after), f"clock {_duration(after - before)}")
    if modes[0] != modes[1]:
        yield Change(SYSTEM, "clock", *modes, f"clock {modes[1]}")


def _numbers(one: WorldSession, other: WorldSession) -> Iterator[Change]:
    before, after = one.ids.counters, other.ids.counters
    moved = sorted(kind for kind in before.keys() | after.keys() if before.get(kind, 0) != after.get(kind, 0))
    if moved:
        told = ", ".join(f"{kind} {before.get(kind, 0)} -> {after.get(kind, 0)}" for kind in moved)
        first, second = ({kind: side.get(kind, 0) for kind in moved} for side in (before, after))
        yield Change(SYSTEM, "numbers", first, second, f"last numbers given out: {told}")


class _Comparison:
    """Compares the rows of one part, which come from both worlds in the same order."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._columns = list(part.columns)
        self._key = [self._columns.index(name) for name in part.key]
        self._told = [place for place, name in enumerate(self._columns) if name not in part.aside]
        names = ", ".join(f'"{name}"' for name in self._columns)
        self._query = f"SELECT {names} FROM {part.table.name} ORDER BY {part.order_by}"  # noqa: S608 - our names

    def between(self, one: WorldSession, other: WorldSession) -> Iterator[Change]:
        """The differences between two worlds in this part."""
        first, second = _batched(one, self._query), _batched(other, self._query)
        rows, others = next(first, []), next(second, [])
        # As long as both have the same, whole batches are compared at once.
        while rows and rows == others:
            rows, others = next(first, []), next(second, [])
        yield from self._merged(_rows(rows, first), _rows(others, second))

    def _merged(self, rows: Iterator[Row], others: Iterator[Row]) -> Iterator[Change]:
        row, other = next(rows, None), next(others, None)
        while row is not None or other is not None:
            if row == other:
                row, other = next(rows, None), next(others, None)
            elif other is None or (row is not None and self._rank(row) < self._rank(other)):
                yield self._gone(row or ())
                row = next(rows, None)
            elif row is None or self._rank(other) < self._rank(row):
                yield self._appeared(other)
                other = next(others, None)
            else:
                if any(row[place] != other[place] for place in self._told):
                    yield self._changed(row, other)
                row, other = next(rows, None), next(others, None)

    def _rank(self, row: Row) -> Row:
        key = tuple(row[place] for place in self._key)
        return (*key[:-1], len(key[-1]), key[-1]) if self._part.by_length else key

    def _appeared(self, row: Row) -> Change:
        values = self._named(row)
        what = self._what(values)
        text = f"{what} {self._part.appeared}{self._unusual(values)}"
        if self._part.story:
            text = f"{what}: {values[self._part.story]}"
        return Change(self._system(values), what, None, self._shown(values), text)

    def _gone(self, row: Row) -> Change:
        values = self._named(row)
        what = self._what(values)
        return Change(self._system(values), what, self._shown(values), None, f"{what} {self._part.gone}")

    def _changed(self, row: Row, other: Row) -> Change:
        first, second = self._named(row), self._named(other)
        changed = [name for name in self._columns if first[name] != second[name] and name not in self._part.aside]
        before = self._shown({name: first[name] for name in changed})
        after = self._shown({name: second[name] for name in changed})
        what = self._what(second)
        return Change(self._system(second), what, before, after, self._sentence(what, before, after))

    def _sentence(self, what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
        """What has become of a row: a word where it has one for it, and what else is different."""
        tells = self._part.tells
        rest = [f"{name} {_short(before[name])} -> {_short(after[name])}" for name in after if name != tells]
        if tells not in after:
            return f"{what}: {', '.join(rest)}"
        more = f" ({', '.join(rest)})" if rest else ""
        return f"{what} {after[tells]}{more}"

    def _unusual(self, values: dict[str, Any]) -> str:
        """How a new row stands, where that does not go without saying."""
        tells = self._part.tells
        if not tells or not values[tells] or values[tells] in self._part.columns[tells].one_of[:1]:
            return ""
        return f", {values[tells]}"

    def _named(self, row: Row) -> dict[str, Any]:
        return dict(zip(self._columns, row, strict=True))

    def _what(self, values: dict[str, Any]) -> str:
        return self._part.title.format_map(values)

    def _system(self, values: dict[str, Any]) -> str:
        """An event belongs to the system in which it happened."""
        return str(values["system"] if self._part.story else self._part.system)

    def _shown(self, values: dict[str, Any]) -> dict[str, Any]:
        return {self._part.called(name): self._shown_one(name, value) for name, value in values.items()}

    def _shown_one(self, name: str, value: Any) -> Any:
        column = self._part.columns[name]
        if value is None:
            return None
        if column.holds in SECRET:
            return HIDDEN
        if column.holds is Holds.MOMENT:
            return _shown(value)
        if isinstance(self._part.table.c[name].type, Boolean):
            return bool(value)
        return f"{len(value)} bytes" if isinstance(value, bytes) else value


def _batched(world: WorldSession, query: str) -> Iterator[list[Row]]:
    cursor = world.driver.execute(query)
    while found := cursor.fetchmany(FETCHED):
        yield found


def _rows(first: list[Row], others: Iterator[list[Row]]) -> Iterator[Row]:
    yield from first
    for batch in others:
        yield from batch


def _shown(micros: int) -> str:
    return stamp(from_micros(micros))


def _duration(micros: int) -> str:
    """A time in the largest units: `+1 day 2 hours`."""
    sign, rest = ("+" if micros > 0 else "-"), abs(micros) / SECOND
    told = []
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        number, rest = divmod(rest, size)
        if number:
            told.append(f"{number:.0f} {unit}{'' if number == 1 else 's'}")
    if rest or not told:
        told.append(f"{rest:g} second{'' if rest == 1 else 's'}")
    return sign + " ".join(told)


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
