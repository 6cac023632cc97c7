"""How the worlds of a class stand, one beside the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lkc.console.glance import Glance, glance
from lkc.scenarios.remaining import findings_left
from lkc.world.refusals import Refused
from lkc.world.session import Access
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


def standings(store: WorldStore, names: Iterable[str]) -> list[Standing]:
    """How these worlds stand; one that is gone meanwhile is left out."""
    found = []
    for name in names:
        try:
            with store.session(name, Access.READ) as world:
                found.append(Standing(glance(world), findings_left(world)))
        except Refused:
            continue
    return found
