"""What a new world can begin as: empty, a seed, an arranged case, or a copy of another world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app

from lkc.scenarios.cases import find_case
from lkc.scenarios.playing import arranged
from lkc.scenarios.progress import Step, carried_over, take_down
from lkc.scenarios.refusals import BeforeTheCase
from lkc.scenarios.remedies import EMPTY, SCENARIO
from lkc.scenarios.stage import Stage
from lkc.scenarios.staging import stage_for
from lkc.scenarios.standing import ARRANGE, note
from lkc.scenarios.standing import begin as begin_case
from lkc.scenarios.told import tell
from lkc.seeds.recipes import Recipe
from lkc.world.clock import DEFAULT_START, Mode, from_micros, stamp
from lkc.world.controls.worlds import note_beginning
from lkc.world.door import Door
from lkc.world.hold import Hold
from lkc.world.journal import current_journal
from lkc.world.names import DEFAULT
from lkc.world.refusals import Invalid
from lkc.world.session import Access
from lkc.world.snapshots import checkpoint
from lkc.world.store import Origin, WorldInfo, WorldStore

RECIPES_KEY = "LKC_RECIPES"
WORLD, SNAPSHOT = "world:", "snapshot:"

_READ_ORIGIN = "SELECT origin, origin_now, origin_mode FROM world"

Staging = Callable[[str, Door], Stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How a new world is to begin.

    Attributes:
        source: `empty`, the name of a seed, `scenario:NN/CASE` for an arranged case, or, for a copy, which brings what
            follows with it, `world:NAME` or `snapshot:NAME`.
        seed: identifiers and keys follow from it.
        at: what the clock shows at first (UTC); None leaves that to the source. An arranged case goes on to it.
        mode: whether the clock runs.
        here: the world whose snapshots are meant.
        learned: what whoever learns there has done before, for an empty world or one in which a case is arranged.
    """

    source: str = EMPTY
    seed: int = 1
    at: datetime | None = None
    mode: Mode = Mode.FROZEN
    here: str = DEFAULT
    learned: tuple[Step, ...] = ()


def begin(
    store: WorldStore, name: str, wanted: Beginning, recipes: Mapping[str, Recipe], staging: Staging
) -> WorldInfo:
    """Makes a world. Raises Invalid for a source that there is not, and what the store refuses."""
    if wanted.source.startswith(WORLD):
        return store.fork(wanted.source.removeprefix(WORLD), name)
    if wanted.source.startswith(SNAPSHOT):
        return store.snapshots.begin(wanted.here, wanted.source.removeprefix(SNAPSHOT), name)
    return store.create(name, _origin(name, wanted, recipes, staging))


def begin_here(hold: Hold, name: str, wanted: Beginning) -> WorldInfo:
    """Makes a world in the landscape that answers this request; see `begin`."""
    info = begin(hold.store, name, wanted, current_recipes(), stage_for)
    note_beginning(info)
    return info


def begin_again(hold: Hold, name: str, wanted: Beginning) -> WorldInfo:
    """Makes a world begin anew as something else, but no copy; what it was before can be had back by an undo.

    Its journal is emptied. Raises Invalid, UnknownCase, CannotArrange or UnknownWorld; the world is as before then.
    """
    origin = _origin(name, wanted, current_recipes(), stage_for)
    info = hold.store.replace(name, origin, lambda world: checkpoint(world, "new beginning"))
    current_journal().clear(name)
    note_beginning(info)
    return info


def begin_as_at_first(hold: Hold, name: str, instead: str = "") -> WorldInfo:
    """Makes a world that began empty or as an arranged case begin so anew, with what was learned in it.

    `instead` is another source for it, such as the next case.

    Raises what `begin_again` raises; the world is as before then.
    """
    with hold.store.session(name, Access.READ) as world:
        learned = tuple(carried_over(world))
        source, at, mode = world.driver.execute(_READ_ORIGIN).fetchone()
        wanted = Beginning(source=source, seed=world.seed, at=from_micros(at), mode=Mode(mode), learned=learned)
        if instead:
            wanted = replace(wanted, source=instead, at=None)
    return begin_again(hold, name, wanted)


def _origin(name: str, wanted: Beginning, recipes: Mapping[str, Recipe], staging: Staging) -> Origin:
    """What a world is to begin as where it is no copy. Raises Invalid or UnknownCase."""
    if wanted.source.startswith(SCENARIO):
        return _arranged(name, wanted, staging)
    recipe = recipes.get(wanted.source)
    if recipe is None and wanted.source != EMPTY:
        message = f"must be one of {', '.join([EMPTY, *recipes])}, {SCENARIO}NN/CASE, {WORLD}NAME or {SNAPSHOT}NAME"
        raise Invalid({"field": "from", "message": message, "received": wanted.source})
    plain = Origin(source=wanted.source, seed=wanted.seed, at=wanted.at or DEFAULT_START, mode=wanted.mode)
    if recipe is not None:
        return recipe.origin(plain)
    return replace(plain, furnish=lambda world: take_down(world, *wanted.learned)) if wanted.learned else plain


def _arranged(name: str, wanted: Beginning, staging: Staging) -> Origin:
    """A world in which a case is arranged; to the moment after it a reset leads back.

    Raises UnknownCase, and BeforeTheCase where the clock is to show a day before that of the case.
    """
    case = find_case(wanted.source.removeprefix(SCENARIO))
    if wanted.at is not None and wanted.at.date() < case.at.date():
        raise BeforeTheCase(case.id, stamp(case.at), stamp(wanted.at))

    def arrange(door: Door) -> None:
        with door.session(name, Access.WRITE) as world:
            standing = begin_case(world, case)
            take_down(world, *wanted.learned)
        stage = staging(name, door)
        done = arranged(stage, case)
        if wanted.at is not None:
            _go_on(stage, door, name, wanted.at)
        with door.session(name, Access.WRITE) as world:
            note(world, stage, standing, ARRANGE, doing="", worker="")
            tell(world, stage, ARRANGE, done)
            world.clock.switch(wanted.mode)

    return Origin(source=wanted.source, seed=wanted.seed, at=case.at, arrange=arrange)


def _go_on(stage: Stage, door: Door, name: str, at: datetime) -> None:
    """Lets the clock go on to a moment, so that what comes due until then is done; one that has passed is reached."""
    with door.session(name, Access.READ) as world:
        is_ahead = world.clock.now() < at
    if is_ahead:
        stage.call("POST", "/_sim/clock/advance", {"to": at.isoformat()})


def current_recipes() -> Mapping[str, Recipe]:
    """The seeds of the landscape that answers this request."""
    found: Mapping[str, Recipe] = current_app.config[RECIPES_KEY]
    return found
