"""Snapshots and checkpoints of worlds on SQLite: copies of a world's file, each on the shelf of its world."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from lkc.world.clock import LATEST, Mode, from_micros, real_micros, to_micros
from lkc.world.names import NAME, checked
from lkc.world.refusals import Invalid, UnknownWorld, WorldExists, WorldReplaced
from lkc.world.session import Access, Exchange, WorldSession
from lkc.world.snapshots import (
    Change,
    ChangedMeanwhile,
    Checkpoint,
    NothingToUndo,
    Snapshot,
    UnknownMoment,
    UnknownSnapshot,
)
from lkc.world.sqlite.files import ITSELF, DataDirectory
from lkc.world.sqlite.generations import Generations, clock_of
from lkc.world.sqlite.handles import OpenFiles, begun
from lkc.world.sqlite.keeping import SAVED, UNDO, Kept, Shelf
from lkc.world.store import Origin, WorldInfo

# So many checkpoints a world has at most, and so many bytes they take together.
CHECKPOINTS, CHECKPOINT_BYTES = 10, 256 * 1024 * 1024
SOURCE = "snapshot:"

_READ = "SELECT origin, seed, clock_mode FROM world"
_READ_ORIGIN = "SELECT origin, seed, origin_now, origin_mode FROM world"
_BY_OTHERS = "SELECT 1 FROM world_event WHERE id > ? AND request_id <> ? LIMIT 1"
_GO_ON = "UPDATE world SET clock_base=?, clock_anchor=?"


class Locks(Protocol):
    """What the store lends."""

    def locked(self, name: str, *, to_change: bool = True) -> AbstractContextManager[tuple[str, sqlite3.Connection]]:
        """The current generation with its write lock held, to be changed or only copied. Raises UnknownWorld."""

    def to_this_format(self, name: str, file: str) -> bool:
        """Brings a file that nobody knows yet to this version's format. Raises NewerWorld."""


class SqliteSnapshots:
    """See the port.

    Args:
        files: the data directory.
        open_files: of the process.
        generations: makes new ones.
        locks: of the store.
    """

    def __init__(self, files: DataDirectory, open_files: OpenFiles, generations: Generations, locks: Locks) -> None:
        self._files = files
        self._open_files = open_files
        self._generations = generations
        self._locks = locks

    def saved(self, world: str) -> list[Snapshot]:
        """What was saved, by name; see the port."""
        self._files.current(world)
        found = [kept.as_snapshot() for kept in self._shelf(world).copies(SAVED)]
        return sorted(found, key=lambda snapshot: snapshot.name)

    def save(self, world: str, name: str) -> tuple[Snapshot, bool]:
        """Copies the world's file under its write lock; see the port."""
        if NAME.match(name) is None:
            message = "must be 1 to 63 characters a-z, 0-9 and '-', beginning with a letter or a digit"
            raise Invalid({"field": "name", "message": message, "received": name})
        with self._locks.locked(world, to_change=False) as (current, connection):
            shelf = self._shelf(world)
            former = shelf.saved(name)
            kept = shelf.keep(connection, self._files.path(current), SAVED, name, clock_of(connection).micros())
            for one in former:
                one.path.unlink(missing_ok=True)
        return kept.as_snapshot(), not former

    def load(self, world: str, name: str) -> WorldInfo:
        """Copies the snapshot to a new generation and moves the world's link to it; see the port."""
        with self._locks.locked(world) as (current, _):
            info = self._go_back(world, self._found(world, name))
        self._generations.discard(current)
        return info

    def delete(self, world: str, name: str) -> None:
        """Removes the snapshot's file; see the port."""
        with self._locks.locked(world, to_change=False):
            self._found(world, name)
            for kept in self._shelf(world).saved(name):
                kept.path.unlink(missing_ok=True)

    def begin(self, world: str, name: str, new: str) -> WorldInfo:
        """Copies the snapshot, which is the new world and, until that is changed, its origin; see the port."""
        if self._files.has(checked(new)):
            raise WorldExists(new)
        file = self._files.new_generation(new)
        try:
            with self._locks.locked(world, to_change=False):
                kept = self._found(world, name)
                shutil.copyfile(kept.path, self._files.path(file))
            self._locks.to_this_format(new, file)
            _, seed, mode = self._read(file)
            origin = Origin(source=f"{SOURCE}{name}", seed=seed, at=from_micros(kept.at), mode=mode)
            self._generations.begin_again(file, origin)
            self._files.introduce(new, file, ITSELF)
        except BaseException:
            self._generations.abandon(new, file)
            raise
        return WorldInfo(new, origin.source, seed, origin.at, mode)

    def checkpoint(self, session: WorldSession, reason: str) -> int | None:
        """Copies the world's file through the session, which holds its write lock; see the port."""
        shelf, source = self._shelf(session.name), self._files.path(session.generation)
        if source.stat().st_size > CHECKPOINT_BYTES:
            # What is there already would lead back behind this change.
            shelf.empty(UNDO)
            return None
        made = shelf.keep(session.driver, source, UNDO, reason, clock_of(session.driver).micros())
        total = 0
        for place, kept in enumerate(reversed(shelf.copies(UNDO))):
            total += kept.size
            if place and (place >= CHECKPOINTS or total > CHECKPOINT_BYTES):
                kept.path.unlink(missing_ok=True)
        return made.number

    def checkpoints(self, world: str) -> list[Checkpoint]:
        """What can be undone; see the port."""
        return [kept.as_checkpoint() for kept in reversed(self._shelf(world).copies(UNDO))]

    @contextmanager
    def visited(self, world: str, number: int | None) -> Iterator[WorldSession]:
        """Copies what was kept to a file that nobody knows, and removes it at the end; see the port."""
        file = self._files.new_generation(world)
        try:
            with self._locks.locked(world) as (_, connection):
                if number is None:
                    source, seed, at, mode = connection.execute(_READ_ORIGIN).fetchone()
                    self._generations.copy_origin(self._files.origin(world), file)
                    origin = Origin(source=source, seed=seed, at=from_micros(at), mode=Mode(mode))
                else:
                    kept = self._numbered(world, number)
                    shutil.copyfile(kept.path, self._files.path(file))
            self._locks.to_this_format(world, file)
            if number is None:
                self._generations.begin_again(file, origin)
            else:
                self._run_on(file, kept.at)
            session = begun(world, self._open_files.take(file), Access.READ, Exchange())
            # Whoever looks at a moment may take a while.
            session.clock.anchor = to_micros(LATEST)
            try:
                yield session
            finally:
                session.close()
        finally:
            self._generations.discard(file)

    def undo(self, world: str) -> tuple[Checkpoint, WorldInfo]:
        """Copies the last checkpoint to a new generation, moves the link, and removes it; see the port."""
        with self._locks.locked(world) as (current, _):
            copies = self._shelf(world).copies(UNDO)
            if not copies:
                is_large = self._files.path(current).stat().st_size > CHECKPOINT_BYTES
                why = "it is too large to be copied before each change" if is_large else "no checkpoint is left"
                raise NothingToUndo(world, why)
            info = self._go_back(world, copies[-1])
            copies[-1].path.unlink()
        self._generations.discard(current)
        return copies[-1].as_checkpoint(), info

    def take_back(self, world: str, generation: str, change: Change) -> None:
        """Goes back to the last checkpoint of this reason, and removes it with those after it; see the port."""
        with self._locks.locked(world) as (current, connection):
            if generation != current:
                raise WorldReplaced(world)
            if connection.execute(_BY_OTHERS, (change.since, change.request_id)).fetchone() is not None:
                raise ChangedMeanwhile(world)
            copies = self._shelf(world).copies(UNDO)
            wanted = next((kept for kept in reversed(copies) if kept.label == change.reason), None)
            if wanted is None:
                raise NothingToUndo(world, f"the checkpoint before {change.reason!r} is gone")
            self._go_back(world, wanted)
            for kept in copies:
                if kept.number >= wanted.number:
                    kept.path.unlink()
        self._generations.discard(current)

    def forget_checkpoints(self, world: str) -> None:
        """Removes all checkpoints of a world; for who holds its write lock."""
        self._shelf(world).empty(UNDO)

    def _go_back(self, world: str, kept: Kept) -> WorldInfo:
        """Makes a copy of what was kept the current generation of its world."""
        file = self._files.new_generation(world)
        try:
            shutil.copyfile(kept.path, self._files.path(file))
            self._locks.to_this_format(world, file)
            source, seed, mode = self._read(file)
            self._run_on(file, kept.at)
            self._files.flip(world, file)
        except BaseException:
            self._generations.abandon(world, file)
            raise
        return WorldInfo(world, source, seed, from_micros(kept.at), mode)

    def _run_on(self, file: str, at: int) -> None:
        """Lets the clock of a copy show what it showed when it was made."""
        handle = self._open_files.take(file)
        try:
            handle.driver.execute(_GO_ON, (at, real_micros()))
        finally:
            handle.give_back()

    def _numbered(self, world: str, number: int) -> Kept:
        shelf = self._shelf(world)
        found = [kept for kind in (UNDO, SAVED) for kept in shelf.copies(kind) if kept.number == number]
        if not found:
            raise UnknownMoment(world, str(number))
        return found[0]

    def _read(self, file: str) -> tuple[str, int, Mode]:
        """Source, seed and mode of the clock of a file."""
        handle = self._open_files.take(file)
        try:
            source, seed, mode = handle.driver.execute(_READ).fetchone()
        finally:
            handle.give_back()
        return source, seed, Mode(mode)

    def _found(self, world: str, name: str) -> Kept:
        found = self._shelf(world).saved(name)
        if not found:
            raise UnknownSnapshot(world, name)
        return max(found, key=lambda kept: kept.number)

    def _shelf(self, world: str) -> Shelf:
        if NAME.match(world) is None:
            raise UnknownWorld(world)
        return Shelf(self._files.kept / world)
