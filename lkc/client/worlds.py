"""Worlds: making, copying, resetting and deleting them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict, Unpack

from lkc.client.clock import Time
from lkc.client.connection import DEFAULT_WORLD, Connection
from lkc.client.paths import path_of

World = TypedDict("World", {"name": str, "url": str, "from": str, "seed": int, "clock": Time})
World.__doc__ = "A world; the paths of all systems stand below its `url`."


class Change(TypedDict):
    """A difference: `before` is what the first world has, `after` what the second has, None for nothing."""

    system: str
    what: str
    before: Any
    after: Any
    text: str


class NewWorld(TypedDict):
    """How a world begins.

    `from_` is `empty`, `demo` or `scenario:13/date-format`, or, for a copy, without the rest, `world:NAME` or
    `snapshot:NAME`, of the client's world; numbers and keys follow from `seed`; `at` is what the clock shows at first,
    `clock` is `frozen` or `running`.
    """

    name: NotRequired[str]
    from_: NotRequired[str]
    seed: NotRequired[int]
    at: NotRequired[str]
    clock: NotRequired[str]


class Worlds:
    """The worlds of a simulator.

    Args:
        connection: to the world of the client.
    """

    def __init__(self, connection: Connection) -> None:
        # A world that is not there yet, or not any more, must stand in nobody's way.
        self._connection = connection.in_world(DEFAULT_WORLD)
        self._here = connection

    def create(self, **wanted: Unpack[NewWorld]) -> World:
        """Makes a world; without a name it gets a new one. Raises Refused."""
        body = {name.rstrip("_"): value for name, value in wanted.items()}
        asked = self._here if str(body.get("from", "")).startswith("snapshot:") else self._connection
        made: World = asked.control("POST", "/worlds", body)
        return made

    def list(self) -> Sequence[World]:
        """All worlds by name."""
        found: list[World] = self._connection.control("GET", "/worlds")
        return found

    def get(self, name: str) -> World:
        """One world. Raises Refused (`unknown-world`)."""
        found: World = self._connection.control("GET", path_of("worlds", name))
        return found

    def fork(self, source: str, name: str | None = None) -> World:
        """Copies a world as it is now; a reset leads the copy back to this moment. Raises Refused."""
        body = {} if name is None else {"name": name}
        made: World = self._connection.control("POST", path_of("worlds", source, "fork"), body)
        return made

    def diff(self, name: str, other: str) -> Sequence[Change]:
        """What is different in another world, at most the first thousand; empty for equals. Raises Refused."""
        found: Sequence[Change] = self._connection.control("GET", path_of("worlds", name, "diff", other))["changes"]
        return found

    def reset(self, name: str) -> World:
        """Leads a world back to its origin. Raises Refused."""
        found: World = self._connection.control("POST", path_of("worlds", name, "reset"))
        return found

    def delete(self, name: str) -> None:
        """Deletes a world with all that belongs to it. Raises Refused (`unknown-world`, `default-world`)."""
        self._connection.control("DELETE", path_of("worlds", name))
