"""How the worlds of a class stand, one beside the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lkc.console.glance import Glance, glance
from lkc.scenarios.remaining import findings_left
from lkc.world.refusals import Refused
from lkc.world.session import Access, WorldSession
from lkc.world.store import WorldStore


@dataclass(frozen=True, slots=True)
class Standing:
    """A world of a class.

    Attributes:
        told: at a glance.
        left: how many of the causes of its case are still there; None where it has no case.
    """

    told: Glance
    left: int | None


# Generation, events, phase and minute of a world: as long as these are the same, so is what is found in it.
State = tuple[str, int, str, datetime]
# What is left in a world in which nothing has happened since it was looked at; a class is looked at every few seconds.
_KNOWN: dict[str, tuple[State, int | None]] = {}
_MOST = 1000


def standings(store: WorldStore, names: Iterable[str]) -> list[Standing]:
    """How these worlds stand; one that is gone meanwhile is left out."""
    found = []
    for name in names:
        try:
            with store.session(name, Access.READ) as world:
                told = glance(world)
                found.append(Standing(told, _left(world, told)))
        except Refused:
            continue
    return found


def _left(world: WorldSession, told: Glance) -> int | None:
    """What is left to solve in a world; asked once more when something has happened, or another minute has begun."""
    state = (world.generation, told.events, told.phase, told.now.replace(second=0, microsecond=0))
    known = _KNOWN.get(told.name)
    if known is None or known[0] != state:
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        known = _KNOWN[told.name] = (state, findings_left(world))
    return known[1]
