"""Copies of world files that are in use."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lkc.world.sqlite.files import copy_locked


def test_a_large_file_is_copied_piece_by_piece(tmp_path: Path) -> None:
    """Beyond what fits into memory a copy is made by the backup."""
    source = tmp_path / "large.sqlite"
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE filled (x)")
        connection.executemany("INSERT INTO filled VALUES (randomblob(?))", [(1048576,)] * 33)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("BEGIN IMMEDIATE")

        copy_locked(connection, source, tmp_path / "copy.sqlite")

    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
        assert copy.execute("SELECT count(*), sum(length(x)) FROM filled").fetchone() == (33, 33 * 1048576)


def test_a_copy_that_does_not_fit_by_a_little_is_an_error(tmp_path: Path) -> None:
    """Where the disk takes only the beginning of the last piece, nobody takes that for a copy."""
    source, target = tmp_path / "source.sqlite", tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE filled (x)")
        connection.execute("INSERT INTO filled VALUES (randomblob(300000))")
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (source.stat().st_size - 10_000, before[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                copy_locked(connection, source, target)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
