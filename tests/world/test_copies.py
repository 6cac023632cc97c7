"""Copies of world files that are in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

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
