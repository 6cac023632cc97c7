"""Moments of a world to go back to: snapshots that somebody saved, and checkpoints that are taken by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from lkc.world.hold import current_hold
from lkc.world.journal import CHECKPOINT, current_journal
from lkc.world.refusals import Refused
from lkc.world.session import WorldSession
from lkc.world.store import WorldInfo

Step = Callable[[], AbstractContextManager[WorldSession]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A moment that was saved.

    Attributes:
        name: under which it was saved.
        at: what the world's clock showed.
        size: in bytes.
        number: tells it from every other moment that is kept of the world.
    """

    name: str
    at: datetime
    size: int
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A moment before a change.

    Attributes:
        reason: before which one.
        at: what the world's clock showed.
        number: tells it from every other moment that is kept of the world.
    """

    reason: str
    at: datetime
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """A change that may have to be taken back.

    Attributes:
        reason: of the checkpoint that was taken before it.
        since: number of the last event before it.
        request_id: of the call that makes it, and of all that it calls.
    """

    reason: str
    since: int
    request_id: str


class ChangedMeanwhile(Refused):
    """Others have worked in a world since a change that was to be taken back."""

    code = "world-replaced"

    def __init__(self, world: str) -> None:
        super().__init__(f"Others have worked in world {world!r} meanwhile.", world=world)


class UnknownSnapshot(Refused):
    """The world has no snapshot of this name."""

    code = "unknown-snapshot"
    remedy = "List the snapshots of the world with GET /_sim/snapshots, or save one with PUT /_sim/snapshots/NAME."

    def __init__(self, world: str, snapshot: str) -> None:
        super().__init__(f"World {world!r} has no snapshot named {snapshot!r}.", world=world, snapshot=snapshot)


class UnknownMoment(Refused):
    """The world keeps no such moment, or no longer."""

    code = "unknown-moment"
    remedy = "Begin at `snapshot:NAME`, at `checkpoint:1` (the last one), or at `origin`."

    def __init__(self, world: str, moment: str) -> None:
        super().__init__(f"World {world!r} keeps no moment {moment!r}.", world=world, moment=moment)


class NothingToUndo(Refused):
    """No checkpoint of the world is left."""

    code = "nothing-to-undo"
    remedy = "Load a snapshot (POST /_sim/snapshots/NAME/load), or reset the world to its origin."

    def __init__(self, world: str, why: str) -> None:
        super().__init__(f"There is nothing to undo in world {world!r}: {why}.", world=world)


class Snapshots(Protocol):
    """The snapshots and checkpoints of every world. They belong to a world's name and go with the world."""

    def saved(self, world: str) -> list[Snapshot]:
        """What was saved of a world, by name. Raises UnknownWorld."""

    def save(self, world: str, name: str) -> tuple[Snapshot, bool]:
        """Saves a world as it is; whether the name is new. Raises UnknownWorld or Invalid."""

    def load(self, world: str, name: str) -> WorldInfo:
        """Leads a world back to a snapshot; a running clock runs on from there.

        Raises UnknownWorld, UnknownSnapshot or NewerWorld.
        """

    def delete(self, world: str, name: str) -> None:
        """Removes a snapshot. Raises UnknownWorld or UnknownSnapshot."""

    def begin(self, world: str, name: str, new: str) -> WorldInfo:
        """Makes a new world that begins as a snapshot of another.

        Raises UnknownWorld, UnknownSnapshot, WorldExists or InvalidWorldName.
        """

    def checkpoint(self, session: WorldSession, reason: str) -> int | None:
        """Keeps the world as it was when this session began, before a change; nothing may be written before it.

        Only the last few are kept, and none of a world that is too large to be copied in passing. Gives the
        checkpoint's number, if there is one.
        """

    def checkpoints(self, world: str) -> list[Checkpoint]:
        """What can be undone, the last first."""

    def visited(self, world: str, number: int | None) -> AbstractContextManager[WorldSession]:
        """The world as it was at a moment that is kept, or at its origin (None), to be read; nobody else sees it.

        The clock shows what it showed then, and stands still also where it runs. Raises UnknownWorld; UnknownMoment
        for one that is not kept, or no longer.
        """

    def undo(self, world: str) -> tuple[Checkpoint, WorldInfo]:
        """Leads a world back to its last checkpoint, and takes that off.

        Raises NothingToUndo, UnknownWorld or NewerWorld.
        """

    def take_back(self, world: str, generation: str, change: Change) -> None:
        """Leads a world back to before a change that failed, which is what its checkpoint was taken for.

        What others have done meanwhile stays, and then the change stays too: raises ChangedMeanwhile. Raises
        WorldReplaced where the world is of another generation now; NothingToUndo or UnknownWorld.
        """


def checkpoint(world: WorldSession, reason: str) -> None:
    """Takes a checkpoint before a change, within the session that will make it and has written nothing yet.

    A call from within is a part of something bigger, before which one was taken.

    Args:
        world: a session that may write.
        reason: what is about to happen, for people, e.g. `clock advance`.
    """
    if world.exchange.door is None:
        number = current_hold().store.snapshots.checkpoint(world, reason)
        if number is not None:
            current_journal().note(world.name, CHECKPOINT, number=number)


def before_the_first(step: Step, reason: str) -> Step:
    """The same steps, with a checkpoint at the beginning of the first."""
    taken = False

    @contextmanager
    def checked() -> Iterator[WorldSession]:
        nonlocal taken
        with step() as world:
            if not taken:
                checkpoint(world, reason)
                taken = True
            yield world

    return checked


STATUSES = {"unknown-snapshot": 404, "unknown-moment": 404, "nothing-to-undo": 409}
