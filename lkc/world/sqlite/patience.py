"""Which errors of SQLite pass by themselves, for how long it is worth trying again, and which never pass."""

from __future__ import annotations

import sqlite3
import time

from lkc.world import database

TRIES, PAUSE = 10, 0.005

# Said of a file whose log and shared memory another process is just making, reading anew or clearing away.
_PASSING = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL})
_MOVED = frozenset(
    {sqlite3.SQLITE_READONLY_DBMOVED, sqlite3.SQLITE_READONLY_RECOVERY, sqlite3.SQLITE_READONLY_CANTLOCK}
)
# Said of a file that is none of ours, or no longer whole; 1 is that of a table which is not there.
_TORN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_DAMAGE = _TORN | {sqlite3.SQLITE_ERROR}


def says_damage(error: sqlite3.Error) -> bool:
    """Whether what SQLite said when a file was opened is about what stands in it."""
    return _kind(error) in _DAMAGE


def says_torn(error: Exception) -> bool:
    """Whether what SQLite, or SQLAlchemy for it, said while a file was used is about a part that cannot be read."""
    return _kind(getattr(error, "orig", error)) in _TORN


def _kind(error: object) -> int:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return code & 0xFF


class Patience:
    """How much longer one call tries to begin its work on a world's file."""

    def __init__(self) -> None:
        self._end = time.monotonic() + database.BUSY_SECONDS
        self._left = TRIES

    def bears(self, error: sqlite3.Error) -> bool:
        """Whether to try again after this error; waits a little where that is so.

        That a file is locked SQLite says at times at once, without the wait that it was told to have (for its last
        user is leaving it, or its log is being read anew); then it is tried for as long as that wait.
        """
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        kind = code & 0xFF
        if kind == sqlite3.SQLITE_BUSY:
            if time.monotonic() >= self._end:
                return False
        elif self._left and (kind in _PASSING or code in _MOVED):
            self._left -= 1
        else:
            return False
        time.sleep(PAUSE)
        return True
