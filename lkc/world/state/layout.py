"""All parts of all systems in the order in which a document has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import MetaData

from lkc.world.models import WorldRow
from lkc.world.state.kernel import FOLLOWS_OF_WORLD, PARTS, SHOWN_OF_WORLD
from lkc.world.state.parts import Part
from lkc.world.system import System


@dataclass(frozen=True)
class Section:
    """The parts of one system, with its name for people."""

    id: str
    title: str
    parts: tuple[Part, ...]


class Layout:
    """How a world of these systems stands in a document; the kernel's own tables come last.

    Args:
        sections: the systems.
    """

    def __init__(self, sections: Iterable[Section]) -> None:
        self.sections = (*sections, Section("world", "Faults, the due list, and what has happened", PARTS))
        self._by_model = {part.model: part for section in self.sections for part in section.parts}

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All parts; one that stands below another comes after it."""
        return tuple(self._by_model.values())

    @cached_property
    def by_header(self) -> dict[str, Part]:
        """The parts by the header of their rows, such as `ordering.order.line`."""
        return {self.header(part): part for part in self.parts}

    def header(self, part: Part) -> str:
        """The header of a part's rows."""
        steps = [part.system, part.name] if part.above is None else [self.header(self.above(part)), part.name]
        return ".".join(steps)

    def above(self, part: Part) -> Part:
        """The part below whose rows those of another stand. Raises KeyError where there is none."""
        return self._by_model[part.above]  # type: ignore[index] # None is no key either

    def below(self, part: Part) -> list[Part]:
        """The parts whose rows stand below those of another."""
        return [other for other in self.parts if other.above is part.model]

    def inherited(self, part: Part) -> int:
        """How many columns of a part's key the row above it has already."""
        return 0 if part.above is None else len(self.above(part).key)


def uncovered(layout: Layout, metadata: MetaData) -> list[str]:
    """Tables and columns of which the layout knows nothing, and such as it declares and there are none."""
    there = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    declared = {f"{part.table.name}.{name}" for part in layout.parts for name in part.columns}
    declared |= {f"{WorldRow.__tablename__}.{name}" for name in SHOWN_OF_WORLD | FOLLOWS_OF_WORLD}
    return sorted(there ^ declared)


def sections_of(systems: tuple[System, ...]) -> list[Section]:
    """The parts of these systems."""
    return [Section(system.id, system.title, system.state()) for system in systems]
