"""The files of a data directory: generations, the links that name them, and the copying of one to another."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TextIO

from lkc.world.names import NAME
from lkc.world.refusals import UnknownWorld, WorldExists

# What a world begins as where that is no file of its own: the template, or the very file it has, unchanged so far.
TEMPLATE, ITSELF = "template", "itself"
# Between the two that a link names; no file name has it.
AND = ":"
# What a link names that somebody made by hand and that leads out of the directory: no file.
LOST = "lost"
# Files that several worlds begin as; no world can have a name that begins like this.
SHARED = "_seed."
CACHED_SEEDS = 16
FITS_IN_MEMORY = 32 * 1024 * 1024
# Written at once, megabytes can take five times as long: Linux looks for memory in one piece to keep them in.
PIECE = 64 * 1024
SIDECARS = ("-wal", "-shm", "-journal")


class DataDirectory:
    """A directory that holds worlds.

    `worlds/NAME` is a link that names the generation that is current and the file that a reset copies, as
    `CURRENT:ORIGIN`, so that both change at one stroke; it leads nowhere. `generations/` holds both, `journals/` what
    was called, `kept/NAME/` other moments of a world. A generation is never written over: a new one is made beside it
    and the link is moved, so that whoever still reads the old one reads it whole.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.worlds, self.workers = root / "worlds", root / "workers"
        self.generations, self.journals = root / "generations", root / "journals"
        self.kept = root / "kept"
        for folder in (self.worlds, self.generations, self.journals, self.kept, self.workers):
            folder.mkdir(parents=True, exist_ok=True)
        self._prefix = os.fspath(self.worlds) + os.sep
        self._lock = (root / "in-use").open("a")
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        self._worker: TextIO | None = None
        self._beginning = threading.Lock()
        self._join_links()

    @property
    def worker(self) -> str:
        """A name of this process; as long as it lives it holds a lock on a file of that name."""
        with self._beginning:
            if self._worker is None:
                self._worker = (self.workers / secrets.token_hex(6)).open("a")
                fcntl.flock(self._worker, fcntl.LOCK_EX)
        return os.path.basename(self._worker.name)  # noqa: PTH119 - text in, text out

    def is_at_work(self, worker: str) -> bool:
        """Whether the process of this name is still alive."""
        try:
            with (self.workers / worker).open() as held:
                fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def names(self) -> list[str]:
        """The names of all worlds, sorted."""
        return sorted(entry for entry in os.listdir(self.worlds) if not entry.startswith("."))

    def has(self, name: str) -> bool:
        """Whether a world of this name is there."""
        return self.find(name) is not None

    def find(self, name: str) -> str | None:
        """The file name of a world's current generation, or None."""
        try:
            return self.current(name)
        except UnknownWorld:
            return None

    def current(self, name: str) -> str:
        """The file name of a world's current generation. Raises UnknownWorld, for what can be no name as well."""
        if NAME.match(name) is None:
            raise UnknownWorld(name)
        try:
            link = os.readlink(self._prefix + name)
        except OSError:
            raise UnknownWorld(name) from None
        return _plain(link.partition(AND)[0], LOST)

    def origin(self, name: str) -> str | None:
        """The name of the file that a reset copies, or ITSELF; None where it is the template. Raises UnknownWorld.

        Where the link says nothing of it, it is what the world is now.
        """
        try:
            link = os.readlink(self._prefix + name)
        except OSError:
            raise UnknownWorld(name) from None
        origin = _plain(link.partition(AND)[2], ITSELF)
        return None if origin == TEMPLATE else origin

    def is_named(self, name: str, file: str) -> bool:
        """Whether a world's link names a file."""
        try:
            return file in os.readlink(self._prefix + name).split(AND)
        except OSError:
            return False

    def path(self, file: str) -> Path:
        """Where a generation of this file name is."""
        return self.generations / file

    def new_generation(self, name: str) -> str:
        """A file name that no generation has had."""
        return f"{name}.{secrets.token_hex(6)}.sqlite"

    def introduce(self, name: str, generation: str, origin: str | None) -> None:
        """Gives a new world its name and its origin. Raises WorldExists where another was faster."""
        with self._naming():
            if self.has(name):
                raise WorldExists(name)
            (self.worlds / name).symlink_to(_both(generation, origin))

    def flip(self, name: str, generation: str) -> None:
        """Makes a generation the current one of a world, at one stroke. Raises UnknownWorld."""
        self.succeed(name, generation, self.origin(name))

    def succeed(self, name: str, generation: str, origin: str | None) -> tuple[str, str | None]:
        """Gives a world another generation and another origin; gives the former files. Raises UnknownWorld."""
        former = (self.current(name), self.origin(name))
        moved = self.worlds / f".{secrets.token_hex(6)}"
        moved.symlink_to(_both(generation, origin))
        moved.replace(self.worlds / name)
        return former

    def forget(self, name: str) -> str | None:
        """Takes a world's name away; the file of its origin, if it had one of its own, is for the caller.

        Raises UnknownWorld where another was faster.
        """
        with self._naming():
            origin = self.origin(name)
            (self.worlds / name).unlink()
            gone = self.kept / f".{secrets.token_hex(6)}"
            with suppress(FileNotFoundError):
                (self.kept / name).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
        return origin

    def _join_links(self) -> None:
        """Takes in the links below `origins/`, where version 0.1 was told what a world begins as."""
        origins = self.root / "origins"
        if not origins.is_dir():
            return
        with self._naming(), suppress(FileNotFoundError):
            for link in list(origins.iterdir()):
                world = self.worlds / link.name
                if world.is_symlink() and AND not in (generation := os.readlink(world)):
                    self.succeed(link.name, generation, os.readlink(link))
                link.unlink()
            origins.rmdir()

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """A block in which nobody else gives or takes names, for what was kept goes with a name."""
        with (self.root / "naming").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def sweep(self) -> None:
        """Removes files that no world has (left by a killed process), if nobody else is here."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            # A lock that was to become another, and could not, is gone.
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            return
        worlds = self._links()
        named = {file for link in worlds.values() for file in link.split(AND)}
        kept = {file + ending for file in named for ending in ("", *SIDECARS)}
        for file in os.listdir(self.generations):
            if file not in kept:
                with suppress(IsADirectoryError, PermissionError):
                    (self.generations / file).unlink()
        for shelf in self.kept.iterdir():
            if not shelf.is_dir():
                continue
            if shelf.name not in worlds:
                shutil.rmtree(shelf)
            for copy in shelf.glob(".*"):
                copy.unlink()
        for worker in self.workers.iterdir():
            if worker.is_file() and not self.is_at_work(worker.name):
                worker.unlink()
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def _links(self) -> dict[str, str]:
        """What the links of all worlds say, by name; such as were never finished go, what is no link stays."""
        found = {}
        for name in os.listdir(self.worlds):
            with suppress(OSError):
                found[name] = os.readlink(self._prefix + name)
        for name in [name for name in found if name.startswith(".")]:
            (self.worlds / name).unlink()
            del found[name]
        return found

    def close(self) -> None:
        """Lets others know that this process no longer uses the directory."""
        self._lock.close()
        if self._worker is not None:
            Path(self._worker.name).unlink(missing_ok=True)
            self._worker.close()


def _plain(file: str, otherwise: str) -> str:
    """A file name as a link says it; something else where it is none, or leads out of the directory."""
    return otherwise if not file or file[0] == "." or os.sep in file else file


def _both(generation: str, origin: str | None) -> str:
    """What a link says."""
    return f"{generation}{AND}{TEMPLATE if origin is None else origin}"


def remove(path: Path) -> None:
    """Removes a database file with what SQLite keeps beside it."""
    path.unlink(missing_ok=True)
    for ending in SIDECARS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def copy_whole(source: Path, target: Path) -> None:
    """Copies a file that nobody writes, so that no process ever sees half of the copy."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".copying")
    os.close(handle)
    copying = Path(name)
    try:
        shutil.copyfile(source, copying)
        copying.replace(target)
    finally:
        copying.unlink(missing_ok=True)


def forget_oldest(folder: Path, pattern: str) -> None:
    """Removes all but the newest files of a cache."""
    found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)
    for path in found[:-CACHED_SEEDS]:
        path.unlink(missing_ok=True)


def copy_locked(connection: sqlite3.Connection, source: Path, target: Path) -> None:
    """Copies the database file of a connection that holds its write lock, by SQLite's own means.

    A live file must not be opened and closed as a plain file: closing it drops every lock that this process has on
    it, and another process may then remove the log under our connections, with what was committed into it.
    A file that fits into memory well is read through the connection itself, in a fifth of the time.
    """
    if source.stat().st_size <= FITS_IN_MEMORY:
        pages = memoryview(connection.serialize())
        with target.open("wb") as file:
            for start in range(0, len(pages), PIECE):
                file.write(pages[start : start + PIECE])
        return
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        original.backup(copy)
