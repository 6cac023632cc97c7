"""Worlds of an older data format."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from lkc.world import template


def test_orders_that_entitled_before_are_known_after_an_upgrade(tmp_path: Path) -> None:
    """A world without numbers of submissions knows its orders still, each by no number."""
    path = tmp_path / "older.sqlite"
    path.touch()
    template.upgrade(path, "0004")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO onetrust_token VALUES ('1234', '0012345', NULL)")
        for line in (1, 2):
            connection.execute(
                "INSERT INTO onetrust_entitlement VALUES ('7', ?, '1234', 'X', 5, NULL, '2014-12-31')", (line,)
            )

    template.upgrade(path)

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM onetrust_order").fetchall() == [("7", 0)]
