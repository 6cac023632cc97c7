"""What a new world can begin as: empty, a seed, an arranged case, or a copy of another world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from lkc.scenarios.cases import find_case
from lkc.scenarios.playing import arrange
from lkc.scenarios.stage import Stage
from lkc.seeds.recipes import Recipe
from lkc.world.clock import DEFAULT_START, Mode
from lkc.world.names import checked
from lkc.world.refusals import Invalid, WorldExists
from lkc.world.store import Origin, WorldInfo, WorldStore

RECIPES_KEY = "LKC_RECIPES"
EMPTY, WORLD, SCENARIO = "empty", "world:", "scenario:"

Staging = Callable[[str], Stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How a new world is to begin.

    Attributes:
        source: `empty`, the name of a seed, `scenario:NN/CASE` for an arranged case, or `world:NAME` for a copy,
            which brings what follows with it.
        seed: identifiers and keys follow from it.
        at: what the clock shows at first (UTC).
        mode: whether the clock runs.
    """

    source: str = EMPTY
    seed: int = 1
    at: datetime = DEFAULT_START
    mode: Mode = Mode.FROZEN


def begin(
    store: WorldStore, name: str, wanted: Beginning, recipes: Mapping[str, Recipe], staging: Staging
) -> WorldInfo:
    """Makes a world. Raises Invalid for a source that there is not, and what the store refuses."""
    if wanted.source.startswith(SCENARIO):
        return _arranged(store, checked(name), wanted, staging)
    if wanted.source.startswith(WORLD):
        return store.fork(wanted.source.removeprefix(WORLD), name)
    recipe = recipes.get(wanted.source)
    if recipe is None and wanted.source != EMPTY:
        message = f"must be one of {', '.join([EMPTY, *recipes])}, {SCENARIO}NN/CASE or {WORLD}NAME"
        raise Invalid({"field": "from", "message": message, "received": wanted.source})
    plain = Origin(source=wanted.source, seed=wanted.seed, at=wanted.at, mode=wanted.mode)
    return store.create(name, plain if recipe is None else recipe.origin(plain))


def _arranged(store: WorldStore, name: str, wanted: Beginning, staging: Staging) -> WorldInfo:
    """A world in which a case is arranged; to its moment a reset leads back. Raises UnknownCase as well."""
    case = find_case(wanted.source.removeprefix(SCENARIO))
    if store.exists(name):
        raise WorldExists(name)
    rehearsal = f"{name[:40]}-arranging"
    store.create(rehearsal, Origin(source=wanted.source, seed=wanted.seed, at=min(wanted.at, case.at)))
    try:
        stage = staging(rehearsal)
        arrange(stage, case)
        if wanted.mode is Mode.RUNNING:
            stage.call("PUT", "/_sim/clock", {"mode": wanted.mode.value})
        return store.fork(rehearsal, name, source=wanted.source)
    finally:
        store.delete(rehearsal)


def current_recipes() -> Mapping[str, Recipe]:
    """The seeds of the landscape that answers this request."""
    found: Mapping[str, Recipe] = current_app.config[RECIPES_KEY]
    return found
