"""Worlds as earlier versions left them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from lkc.world import template
from lkc.world.sqlite.files import remove
from lkc.world.sqlite.store import SqliteStore


def made_old(store: SqliteStore, file: str) -> Path:
    """Puts a file of the first data format, with one row, in the place of a file."""
    path = store.files.path(file)
    store._open_files.drop(file)
    remove(path)
    path.touch()
    template.upgrade(path, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO world VALUES (1, 1, 'empty', 0, 'frozen', 'frozen', 0, 0, NULL, ?)", ('{"fault":1}',)
        )
        connection.execute(
            "INSERT INTO world_fault (id, system, kind, settings, met, injected) VALUES (1, 'mail', 'x', '{}', 0, 0)"
        )
        connection.commit()
        connection.execute("PRAGMA journal_mode=WAL")
    return path
