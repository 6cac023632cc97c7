"""What SQLite says of a file that is just being cleared away is no answer; everything else is."""

from __future__ import annotations

import sqlite3

import pytest

from lkc.world.sqlite.patience import TRIES, Patience


def error(code: int) -> sqlite3.OperationalError:
    """An error as SQLite gives it."""
    made = sqlite3.OperationalError("so it says")
    made.sqlite_errorcode = code
    return made


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY_DBMOVED]
)
def test_what_may_pass_is_borne_a_few_times(code: int) -> None:
    """An error of the disk that stays is told in the end."""
    patience = Patience()

    assert [patience.bears(error(code)) for _ in range(TRIES + 1)] == [True] * TRIES + [False]


def test_a_lock_is_waited_for_as_long_as_sqlite_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it says at once that the file is locked, that is not the last word."""
    assert Patience().bears(error(sqlite3.SQLITE_BUSY_RECOVERY))

    monkeypatch.setattr("lkc.world.database.BUSY_SECONDS", 0.0)
    assert not Patience().bears(error(sqlite3.SQLITE_BUSY))


@pytest.mark.parametrize("code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CORRUPT])
def test_what_does_not_pass_is_told_at_once(code: int) -> None:
    """A full disk, a file that cannot be written, a broken one; and what has no code at all."""
    assert not Patience().bears(error(code))
    assert not Patience().bears(sqlite3.InterfaceError("no code"))
