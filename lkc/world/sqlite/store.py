"""The store of worlds on SQLite: a new world is a copy of a file, a reset is a copy and a moved link."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from lkc.world.clock import Mode, from_micros
from lkc.world.database import connect
from lkc.world.names import checked
from lkc.world.outlet import Outlet
from lkc.world.refusals import DamagedWorld, NewerWorld, UnknownWorld, WorldExists
from lkc.world.session import Access, Exchange, WorldSession
from lkc.world.sqlite.files import ITSELF, SHARED, DataDirectory, copy_locked
from lkc.world.sqlite.generations import Generations, clock_of
from lkc.world.sqlite.handles import OpenFiles, begun
from lkc.world.sqlite.patience import Patience, says_damage, says_torn
from lkc.world.sqlite.snapshots import SqliteSnapshots
from lkc.world.store import Origin, WorldInfo
from lkc.world.template import head, revisions, upgrade

ATTEMPTS = 100

_READ_ORIGIN = "SELECT origin, seed, origin_now, origin_mode FROM world"


class SqliteStore:
    """Keeps each world in a SQLite file of its own below one directory.

    Args:
        root: the data directory; made if it is not there.
        synchronous: SQLite's setting, `NORMAL`, or `OFF` for data that need not survive a power cut.
    """

    def __init__(self, root: Path, synchronous: str = "NORMAL") -> None:
        self.outlet: Outlet | None = None
        self.files = DataDirectory(root.resolve())
        self._synchronous = synchronous
        self._open_files = OpenFiles(self.files.generations, synchronous)
        self._generations = Generations(self.files, self._open_files)
        self._snapshots = SqliteSnapshots(self.files, self._open_files, self._generations, self)

    @property
    def snapshots(self) -> SqliteSnapshots:
        """Other moments of a world to go back to."""
        return self._snapshots

    @property
    def worker(self) -> str:
        """A name of this process among those that use the data directory."""
        return self.files.worker

    def is_at_work(self, worker: str) -> bool:
        """Whether the process of this name is alive; see the port."""
        return self.files.is_at_work(worker)

    def create(self, name: str, origin: Origin) -> WorldInfo:
        """Makes a world by copying the template; see the port."""
        if self.files.has(checked(name)):
            raise WorldExists(name)
        file, kept = self.files.new_generation(name), None
        try:
            kept, origin = self._generations.furnished(name, origin)
            self._generations.copy_origin(kept, file)
            self._generations.begin_again(file, origin)
            self.files.introduce(name, file, kept)
        except BaseException:
            self._generations.abandon(name, file, kept)
            raise
        return WorldInfo(name, origin.source, origin.seed, origin.at, origin.mode)

    def fork(self, original: str, name: str, source: str | None = None) -> WorldInfo:
        """Copies the file of a live world under its write lock; see the port."""
        if self.files.has(checked(name)):
            raise WorldExists(name)
        file = self.files.new_generation(name)
        try:
            with self.locked(original, to_change=False) as (current, connection):
                clock = clock_of(connection)
                (seed,) = connection.execute("SELECT seed FROM world").fetchone()
                origin = Origin(source=source or f"world:{original}", seed=seed, at=clock.now(), mode=clock.mode)
                copy_locked(connection, self.files.path(current), self.files.path(file))
            self._generations.begin_again(file, origin)
            self.files.introduce(name, file, ITSELF)
        except BaseException:
            self._generations.abandon(name, file)
            raise
        return WorldInfo(name, origin.source, seed, origin.at, origin.mode)

    def reset(self, name: str) -> WorldInfo:
        """Copies the origin to a new generation and moves the world's link to it; see the port."""
        file = self.files.new_generation(name)
        with self.locked(name) as (current, connection):
            source, seed, at, mode = connection.execute(_READ_ORIGIN).fetchone()
            origin = Origin(source=source, seed=seed, at=from_micros(at), mode=Mode(mode))
            try:
                kept = self.files.origin(name)
                self._generations.copy_origin(kept, file)
                # The template and the seeds are of this format; only what was kept for a world may be older.
                if kept is not None and not kept.startswith(f"{SHARED}{head()}-"):
                    self.to_this_format(name, file)
                self._generations.begin_again(file, origin)
                self.files.flip(name, file)
            except BaseException:
                self._generations.abandon(name, file)
                raise
            self._snapshots.forget_checkpoints(name)
        self._generations.discard(current)
        return WorldInfo(name, source, seed, origin.at, origin.mode)

    def replace(self, name: str, origin: Origin, prepare: Callable[[WorldSession], None] | None = None) -> WorldInfo:
        """Builds a generation that nobody sees, and moves the world's links to it; see the port."""
        if not self.files.has(name):
            raise UnknownWorld(name)
        file, kept = self.files.new_generation(name), None
        try:
            kept, origin = self._generations.furnished(name, origin)
            self._generations.copy_origin(kept, file)
            self._generations.begin_again(file, origin)
            with self.session(name, Access.WRITE) as world:
                if prepare is not None:
                    prepare(world)
                former = self.files.succeed(name, file, kept)
        except BaseException:
            self._generations.abandon(name, file, kept)
            raise
        self._generations.discard(*former)
        return WorldInfo(name, origin.source, origin.seed, origin.at, origin.mode)

    def delete(self, name: str) -> None:
        """Takes the name away while no session writes, then the files; see the port."""
        current = self.files.current(name)
        try:
            with self.locked(name, to_change=False) as (current, _):
                kept = self.files.forget(name)
        except (NewerWorld, DamagedWorld):
            # What cannot be opened at all, nobody works in.
            kept = self.files.forget(name)
        self._generations.discard(current, kept)

    def names(self) -> Sequence[str]:
        """The names that have a link; see the port."""
        return self.files.names()

    def list(self) -> list[WorldInfo]:
        """All worlds by name; one that vanishes meanwhile, or whose file is lost, is left out."""
        found = []
        for name in self.files.names():
            try:
                found.append(self.info(name))
            except (UnknownWorld, NewerWorld, DamagedWorld, sqlite3.Error):
                continue
        return found

    def info(self, name: str) -> WorldInfo:
        """One world; see the port."""
        with self.session(name, Access.READ) as world:
            source, *_ = world.driver.execute(_READ_ORIGIN).fetchone()
            return WorldInfo(name, source, world.seed, world.clock.now(), world.clock.mode)

    def exists(self, name: str) -> bool:
        """Whether the name has a link."""
        return self.files.has(name)

    def generation(self, name: str) -> str | None:
        """The file to which the name's link leads."""
        return self.files.find(name)

    def open(self, name: str, access: Access, exchange: Exchange) -> WorldSession:
        """Begins a session on the current generation; see the port.

        What a reset leads back to is copied by the first who may write: many a fork is looked at and deleted.
        """
        session = self._begun(name, access, exchange)
        try:
            if access is Access.WRITE and self.files.origin(name) == ITSELF:
                self._keep_origin(session)
        except BaseException:
            session.close()
            raise
        return session

    def _begun(self, name: str, access: Access, exchange: Exchange) -> WorldSession:
        """A session on the current generation.

        A reset that comes between reading the link and beginning the transaction is noticed, and the
        session begins on the new generation instead: what it writes cannot be lost in the old one. What SQLite says
        of a file that is removed, or closed by its last user, at this very moment is no answer either.
        """
        patience: Patience | None = None
        for _ in range(ATTEMPTS):
            file = self.files.current(name)
            is_fresh = not self._open_files.is_open(file)
            try:
                if is_fresh and self.to_this_format(name, file):
                    continue
                session = begun(name, self._open_files.take(file), access, exchange)
            except sqlite3.Error as error:
                self._open_files.drop(file)
                patience = patience or Patience()
                if self.files.current(name) == file and not patience.bears(error):
                    if says_damage(error) or not self.files.path(file).exists():
                        raise DamagedWorld(name, str(error)) from error
                    raise
                continue
            session.generation, session.outlet = file, self.outlet
            # Who only reads, on a file that was open before, may as well have come before the reset.
            if (access is Access.READ and not is_fresh) or self._is_current(name, file):
                return session
            session.close()
            self._open_files.drop(file)
        raise UnknownWorld(name)

    @contextmanager
    def session(self, name: str, access: Access, exchange: Exchange | None = None) -> Iterator[WorldSession]:
        """A session for a block; see the port."""
        session = self.open(name, access, exchange or Exchange())
        try:
            yield session
            session.commit()
        except (sqlite3.DatabaseError, DatabaseError) as error:
            if says_torn(error):
                raise DamagedWorld(name, "it is torn") from error
            raise
        finally:
            session.close()

    def close(self) -> None:
        """Lets go of every open file."""
        self._open_files.close()
        self.files.close()

    def _is_current(self, name: str, file: str) -> bool:
        return self.files.find(name) == file

    def _keep_origin(self, session: WorldSession) -> None:
        """Copies a world that nobody has changed yet, so that a reset can lead back to it."""
        kept = self.files.new_generation(session.name)
        try:
            copy_locked(session.driver, self.files.path(session.generation), self.files.path(kept))
            self.files.succeed(session.name, session.generation, kept)
        except BaseException:
            self._generations.abandon(session.name, kept)
            raise

    @contextmanager
    def locked(self, name: str, *, to_change: bool = True) -> Iterator[tuple[str, sqlite3.Connection]]:
        """The current generation with its write lock held: nobody is within a change of it, nobody begins one.

        Who says that nothing changes leaves a world without an origin of its own as it is.
        """
        begin = self.open if to_change else self._begun
        session = begin(name, Access.WRITE, Exchange())
        try:
            yield session.generation, session.driver
            session.commit()
        finally:
            session.close()

    def to_this_format(self, name: str, file: str) -> bool:
        """Brings an older file to this version's format; whether the world got a new generation, by this or by others.

        Raises NewerWorld for a file of a later version.
        """
        path = self.files.path(file)
        with closing(connect(path, self._synchronous)) as connection:
            (revision,) = connection.execute("SELECT max(version_num) FROM alembic_version").fetchone()
            if revision is None:
                raise DamagedWorld(name, "it does not say its format")
            if revision == head():
                return False
            if revision not in revisions():
                raise NewerWorld(name, revision)
            if not self._is_current(name, file):
                upgrade(path)
                return False
            connection.execute("BEGIN IMMEDIATE")
            if not self._is_current(name, file):
                return True
            newer = self.files.new_generation(name)
            try:
                copy_locked(connection, path, self.files.path(newer))
                upgrade(self.files.path(newer))
                self.files.flip(name, newer)
            except BaseException:
                self._generations.abandon(name, newer)
                raise
        self._generations.discard(file)
        return True
