"""What is told of a world in a list of many: read at one go, and only of those that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lkc.scenarios.beginnings import SNAPSHOT, WORLD
from lkc.scenarios.cases import Case, find_case
from lkc.scenarios.progress import Progress, progress_of
from lkc.scenarios.refusals import UnknownCase
from lkc.scenarios.remedies import SCENARIO
from lkc.world.clock import Mode
from lkc.world.refusals import Refused
from lkc.world.session import Access, WorldSession
from lkc.world.store import WorldStore

_ORIGIN = "SELECT origin FROM world"
_LAST = "SELECT at, text, request_id FROM world_event ORDER BY id DESC LIMIT 1"
# What calls bear that arrange a case out of sight.
ARRANGING = "arrange-"

PHASES = {
    "": "not begun",
    "arrange": "arranged",
    "symptom": "symptom seen",
    "remedy": "remedy applied",
    "outcome": "finished",
}


@dataclass(frozen=True, slots=True)
class Glance:
    """A world at a glance.

    Attributes:
        made_from: in words.
        case: its case; None where it has none, one that this version does not know, or one that nobody may name.
        phase: how far that is, in words.
        learned: how far whoever learns there has come.
        events: how many things have happened in it.
        last: the latest of them, as a sentence; `last_at` is when by the world's clock.
        is_as_arranged: whether nothing has happened since its case was arranged.
    """

    name: str
    made_from: str
    seed: int
    now: datetime
    mode: Mode
    case: Case | None
    phase: str
    learned: Progress
    events: int
    last: str
    last_at: str
    is_as_arranged: bool


def glance(world: WorldSession) -> Glance:
    """What is told of a world whose session this is."""
    (origin,) = world.driver.execute(_ORIGIN).fetchone()
    learned = progress_of(world)
    last_at, last, cause = world.driver.execute(_LAST).fetchone() or ("", "", "")
    return Glance(
        name=world.name,
        made_from="case" if learned.is_secret and origin.startswith(SCENARIO) else in_words(origin),
        seed=world.seed,
        now=world.clock.now(),
        mode=world.clock.mode,
        case=None if learned.is_secret else known_case(learned.case_id),
        phase=PHASES[learned.phase] if learned.case_id else "",
        learned=learned,
        events=world.ids.counters.get("event", 0),
        last=last,
        last_at=last_at,
        is_as_arranged=cause.startswith(ARRANGING),
    )


def glances(store: WorldStore, names: Iterable[str]) -> Iterator[Glance]:
    """The worlds of these names; one that is gone meanwhile, or cannot be read, is left out."""
    for name in names:
        try:
            with store.session(name, Access.READ) as world:
                yield glance(world)
        except Refused:
            continue


def in_words(origin: str) -> str:
    """What a world was made from, as people say it."""
    if origin.startswith(SCENARIO):
        case = known_case(origin.removeprefix(SCENARIO))
        return origin.removeprefix(SCENARIO) if case is None else f"case {case.id}"
    if origin.startswith(WORLD):
        return f"copy of {origin.removeprefix(WORLD)}"
    if origin.startswith(SNAPSHOT):
        return f"snapshot {origin.removeprefix(SNAPSHOT)}"
    return origin


def known_case(name: str) -> Case | None:
    """A case by its id; None for one that this version does not have."""
    try:
        return find_case(name)
    except UnknownCase:
        return None
