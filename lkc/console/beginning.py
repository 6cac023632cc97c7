"""What a new world can begin as, for people to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from lkc.scenarios.beginnings import SNAPSHOT, WORLD, current_recipes
from lkc.scenarios.cases import questions
from lkc.scenarios.remedies import EMPTY, SCENARIO
from lkc.world.hold import Hold

Choices = dict[str, Sequence[tuple[str, str]]]

_SEEDS = {"demo": "Demo: Nordlicht Energie, a year of ordinary trouble"}


def beginnings(hold: Hold) -> Choices:
    """The choices in their groups: seeds, what this world offers, and every case."""
    seeds = [(name, _SEEDS.get(name, name)) for name in current_recipes()]
    here = [(f"{WORLD}{hold.name}", f"World {hold.name} as it is now")]
    here += [(f"{SNAPSHOT}{one.name}", f"Snapshot {one.name}") for one in hold.store.snapshots.saved(hold.name)]
    return {"Ready made": [*seeds, (EMPTY, "Empty")], "Copy of": here} | arranged_cases()


def arranged_cases() -> Choices:
    """Every case, by question."""
    return {
        f"Case: {question.number}. {question.title}": [
            (f"{SCENARIO}{case.id}", f"{case.id.partition('/')[0]} {case.title}") for case in question.cases
        ]
        for question in questions()
    }
