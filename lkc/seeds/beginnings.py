"""What a new world can begin as: empty, a seed, or a copy of another world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from lkc.seeds.recipes import Recipe
from lkc.world.clock import DEFAULT_START, Mode
from lkc.world.refusals import Invalid
from lkc.world.store import Origin, WorldInfo, WorldStore

RECIPES_KEY = "LKC_RECIPES"
EMPTY, WORLD = "empty", "world:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How a new world is to begin.

    Attributes:
        source: `empty`, the name of a seed, or `world:NAME` for a copy, which brings what follows with it.
        seed: identifiers and keys follow from it.
        at: what the clock shows at first (UTC).
        mode: whether the clock runs.
    """

    source: str = EMPTY
    seed: int = 1
    at: datetime = DEFAULT_START
    mode: Mode = Mode.FROZEN


def begin(store: WorldStore, name: str, wanted: Beginning, recipes: Mapping[str, Recipe]) -> WorldInfo:
    """Makes a world. Raises Invalid for a source that there is not, and what the store refuses."""
    if wanted.source.startswith(WORLD):
        return store.fork(wanted.source.removeprefix(WORLD), name)
    recipe = recipes.get(wanted.source)
    if recipe is None and wanted.source != EMPTY:
        message = f"must be one of {', '.join([EMPTY, *recipes])}, or {WORLD}NAME"
        raise Invalid({"field": "from", "message": message, "received": wanted.source})
    plain = Origin(source=wanted.source, seed=wanted.seed, at=wanted.at, mode=wanted.mode)
    return store.create(name, plain if recipe is None else recipe.origin(plain))


def current_recipes() -> Mapping[str, Recipe]:
    """The seeds of the landscape that answers this request."""
    found: Mapping[str, Recipe] = current_app.config[RECIPES_KEY]
    return found
