"""The port behind which worlds are kept: what a store of worlds can do, whatever it is built on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from lkc.world.clock import DEFAULT_START, Mode
from lkc.world.door import Door
from lkc.world.outlet import Outlet
from lkc.world.session import Access, Exchange, WorldSession

if TYPE_CHECKING:
    from lkc.world.snapshots import Snapshots


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What a new world begins as, and what a reset leads back to.

    Attributes:
        source: where it came from, e.g. `empty` or `world:NAME`; for people to read.
        seed: identifiers and keys follow from it.
        at: what the clock shows at first (UTC).
        mode: whether the clock runs.
        furnish: fills the new world within its first transaction; None leaves it empty.
        arrange: furnishes it by calls from within instead, by a door that nobody else has; the moment to which it leads
            the clock is the world's origin.
        recipe: names what `furnish` does, for a store to keep the result; None where it is of no further use.
    """

    source: str = "empty"
    seed: int = 1
    at: datetime = DEFAULT_START
    mode: Mode = Mode.FROZEN
    furnish: Callable[[WorldSession], None] | None = None
    arrange: Callable[[Door], None] | None = None
    recipe: str | None = None


@dataclass(frozen=True)
class WorldInfo:
    """What a store tells of a world: its name, origin and seed, and what its clock shows."""

    name: str
    source: str
    seed: int
    now: datetime
    mode: Mode


class WorldStore(Protocol):
    """Keeps worlds apart, each with an origin to go back to. Names are checked by the store.

    Attributes:
        outlet: takes what leaves worlds that have a name; None where nothing leaves.
    """

    outlet: Outlet | None

    @property
    def snapshots(self) -> Snapshots:
        """Other moments of a world to go back to."""

    @property
    def worker(self) -> str:
        """A name of this process among those that use the store."""

    def is_at_work(self, worker: str) -> bool:
        """Whether a process that uses the store is still alive, by its name."""

    def create(self, name: str, origin: Origin) -> WorldInfo:
        """Makes a world. Raises WorldExists or InvalidWorldName."""

    def fork(self, original: str, name: str, source: str | None = None) -> WorldInfo:
        """Copies a world as it is at this moment, which becomes the copy's origin.

        `source` is what the copy says of where it came from; without it, `world:ORIGINAL`.

        Raises UnknownWorld, WorldExists or InvalidWorldName.
        """

    def reset(self, name: str) -> WorldInfo:
        """Leads a world back to its origin: rows, numbers, faults and clock. Raises UnknownWorld."""

    def replace(self, name: str, origin: Origin, prepare: Callable[[WorldSession], None] | None = None) -> WorldInfo:
        """Makes a world begin anew as something else, all or nothing; a reset leads back to that.

        `prepare` is called at the last moment, with a session of the world as it was that has written nothing yet.

        Raises UnknownWorld.
        """

    def delete(self, name: str) -> None:
        """Removes a world with all that belongs to it. Raises UnknownWorld."""

    def names(self) -> Sequence[str]:
        """The names of all worlds, in order; none of them is opened for it."""

    def list(self) -> list[WorldInfo]:
        """All worlds, by name."""

    def info(self, name: str) -> WorldInfo:
        """One world. Raises UnknownWorld."""

    def exists(self, name: str) -> bool:
        """Whether a world of this name is there now; cheap enough for every call."""

    def generation(self, name: str) -> str | None:
        """By what a world's content is known until it is replaced as a whole; None for no world; as cheap."""

    def open(self, name: str, access: Access, exchange: Exchange) -> WorldSession:
        """Begins a session; who opens it commits or rolls back, and closes. Raises UnknownWorld."""

    def session(
        self, name: str, access: Access, exchange: Exchange | None = None
    ) -> AbstractContextManager[WorldSession]:
        """A session that commits at the end of the block and rolls back when the block raises."""

    def close(self) -> None:
        """Lets go of every open file."""
