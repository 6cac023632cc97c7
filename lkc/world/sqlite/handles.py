"""Which world files are open: a few, the least used closed first, each with connections that wait for work."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from pathlib import Path

from sqlalchemy.engine import Engine

from lkc.world.database import connect, engine_over
from lkc.world.session import Access, Exchange, WorldSession

OPEN_WORLDS = 24
IDLE_CONNECTIONS = 4


class OpenFile:
    """The connections of this process to one world file; safe for many threads."""

    def __init__(self, path: Path, synchronous: str) -> None:
        self._path = path
        self._synchronous = synchronous
        self._idle: list[Handle] = []
        self._closed = False

    def take(self) -> Handle:
        """A connection that nobody else has. Raises sqlite3.OperationalError where the file is gone."""
        try:
            return self._idle.pop()
        except IndexError:
            return Handle(self, connect(self._path, self._synchronous))

    def give_back(self, handle: Handle) -> None:
        """Keeps a connection for the next one who needs it, or closes it."""
        if self._closed or len(self._idle) >= IDLE_CONNECTIONS:
            handle.driver.close()
            return
        self._idle.append(handle)
        if self._closed:
            self.close()

    def close(self) -> None:
        """Closes what is idle; what is in use is closed when it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().driver.close()


class Handle:
    """One connection to a world file, and what SQLAlchemy needs to work on it."""

    def __init__(self, file: OpenFile, driver: sqlite3.Connection) -> None:
        self.driver = driver
        self._file = file
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """An engine on this very connection, made when first needed."""
        if self._engine is None:
            self._engine = engine_over(self.driver)
        return self._engine

    def give_back(self) -> None:
        """Ends the use of the connection; what was not committed is rolled back."""
        try:
            if self.driver.in_transaction:
                self.driver.execute("ROLLBACK")
        except sqlite3.Error:
            self.driver.close()
        else:
            self._file.give_back(self)


class OpenFiles:
    """The open world files of one process, by file name; safe for many threads."""

    def __init__(self, folder: Path, synchronous: str) -> None:
        self._folder = folder
        self._synchronous = synchronous
        self._files: OrderedDict[str, OpenFile] = OrderedDict()
        self._lock = threading.Lock()

    def is_open(self, file: str) -> bool:
        """Whether this process has the file open."""
        return file in self._files

    def take(self, file: str) -> Handle:
        """A connection to a file, opened if need be. Raises sqlite3.OperationalError where the file is gone."""
        with self._lock:
            found = self._files.get(file)
            surplus = None
            if found is None:
                found = self._files[file] = OpenFile(self._folder / file, self._synchronous)
                if len(self._files) > OPEN_WORLDS:
                    surplus = self._files.popitem(last=False)[1]
            else:
                self._files.move_to_end(file)
        if surplus is not None:
            surplus.close()
        return found.take()

    def drop(self, file: str) -> None:
        """Closes what is open of a file; a session that still works on it may end in peace."""
        with self._lock:
            found = self._files.pop(file, None)
        if found is not None:
            found.close()

    def close(self) -> None:
        """Closes everything."""
        for file in list(self._files):
            self.drop(file)


def begun(name: str, handle: Handle, access: Access, exchange: Exchange) -> WorldSession:
    """A session on a connection, which is given back where the session cannot begin."""
    try:
        return WorldSession(name, handle, access, exchange)
    except BaseException:
        handle.give_back()
        raise
