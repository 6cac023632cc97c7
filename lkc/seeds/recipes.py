"""Seeds by name: the steps of a world's past, and the telling of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import lkc
from lkc.feed import Receiver
from lkc.seeds.verbs import VERBS, Telling
from lkc.world.clock import DEFAULT_START, Clock, Mode, stamp, to_micros
from lkc.world.refusals import Invalid
from lkc.world.session import WorldSession
from lkc.world.store import Origin
from lkc.world.template import shipped

CONTENT = (".py", ".toml", ".txt", ".html")


class Recipe:
    """A seed: told into a fresh world, it gives the same world every time.

    Args:
        path: a TOML file of `[[step]]`s, each with `at`, `do` and what the verb needs.
        receivers: where submitted orders go.
    """

    def __init__(self, path: Path, receivers: Sequence[Receiver]) -> None:
        self.name = path.stem
        self._path = path
        self._receivers = receivers

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever the seed, or any code that could tell it otherwise, changes."""
        package = Path(lkc.__file__).parent
        states = [_state(file) for file in (self._path, shipped("seed_data") / "catalogue.toml")]
        for folder in (package, package.parent / "onetrust"):
            states += _states_below(os.fspath(folder))
        digest = hashlib.sha256("\n".join(sorted(states)).encode())
        return f"{self.name}.{digest.hexdigest()[:12]}"

    @cached_property
    def _steps(self) -> list[dict[str, Any]]:
        import tomllib  # noqa: PLC0415 - only a seed that is told needs it

        steps: list[dict[str, Any]] = tomllib.loads(self._path.read_text(encoding="utf-8"))["step"]
        return steps

    def origin(self, plain: Origin) -> Origin:
        """An origin whose world begins with this past. Raises Invalid for a moment at which it is not over yet."""
        # Every past is over by the usual beginning, at which nothing needs to be read.
        if plain.at < DEFAULT_START and plain.at < (earliest := max(_moment(step) for step in self._steps)):
            message = f"must not be before {stamp(earliest)}, when the past of {self.name} ends"
            raise Invalid({"field": "at", "message": message, "received": stamp(plain.at)})
        return replace(plain, furnish=self.furnish, recipe=self.fingerprint)

    def furnish(self, world: WorldSession) -> None:
        """Tells the world's past, each step at its own moment."""
        beginning = world.clock
        telling = Telling(world, self._receivers)
        for step in self._steps:
            values: dict[str, Any] = {name: value for name, value in step.items() if name not in {"at", "do"}}
            world.clock = Clock(Mode.FROZEN, to_micros(_moment(step)), 0)
            VERBS[step["do"]](telling, values)
        world.clock = beginning


def _moment(step: dict[str, Any]) -> datetime:
    moment: datetime = step["at"]
    return moment.astimezone(UTC)


def _state(file: os.DirEntry[str] | Path) -> str:
    state = file.stat()
    return f"{os.fspath(file)} {state.st_size} {state.st_mtime_ns}"


def _states_below(folder: str) -> list[str]:
    """Path, size and time of everything below a folder that can tell a seed."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(CONTENT):
                found.append(_state(entry))
            elif entry.is_dir() and entry.name != "__pycache__":
                found += _states_below(entry.path)
    return found


@cache
def recipes(receivers: tuple[Receiver, ...]) -> dict[str, Recipe]:
    """All seeds that ship with the product, by name."""
    found = [Recipe(path, receivers) for path in sorted((shipped("seed_data") / "worlds").glob("*.toml"))]
    return {recipe.name: recipe for recipe in found}
