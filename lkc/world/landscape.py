"""What a system states of its place in the landscape: what travels from it to others, and what it has in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from lkc.world.database import Base
from lkc.world.session import WorldSession

# The end of a route that is no system: whoever reads mails and applies files.
PEOPLE = "people"

Count = tuple[int, str]
Counting = Callable[[WorldSession], tuple[Count, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way on which something travels.

    Attributes:
        what: what travels, in a word or two.
        to: id of the system that it reaches, or `PEOPLE`.
        start: id of the system that it leaves, or `PEOPLE`; empty is the system that states it.
        kinds: of the events which say that something travelled; none where the timeline does not hold it.
        subject: business keys that these events have.
        arrivals: kinds of the events with which the system that it reaches says so itself.
    """

    what: str
    to: str
    start: str = ""
    kinds: tuple[str, ...] = ()
    subject: Mapping[str, str] = field(default_factory=dict)
    arrivals: tuple[str, ...] = ()


def rows_ever(world: WorldSession, table: type[Base]) -> int:
    """How many rows a table has from which none is ever deleted: the number of the last one, found at once."""
    (last,) = world.driver.execute(f"SELECT max(rowid) FROM {table.__tablename__}").fetchone()  # noqa: S608 - of ours
    return last or 0


def counted_in(module: str) -> Counting:
    """The function `count` of a module, loaded when somebody asks; it has to answer at once in a world of any size."""

    def count(world: WorldSession) -> tuple[Count, ...]:
        found: tuple[Count, ...] = import_module(module).count(world)
        return found

    return count


def nothing_counted(_: WorldSession) -> tuple[Count, ...]:
    """The numbers of a system that states none."""
    return ()
