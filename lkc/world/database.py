"""How worlds meet SQLAlchemy: one shared dialect, statements compiled once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from sqlalchemy import MetaData, Table, create_engine, insert
from sqlalchemy.engine import Dialect, Engine, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql import ClauseElement
from sqlalchemy.util import LRUCache

BUSY_SECONDS = 20.0
# So many pages (16 MiB) a log may grow by before it is folded into the file, which waits for the disk.
LOG_PAGES = 4000

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The mapped classes of all systems; each table's name begins with its system's.

    Rows are inserted with `WorldSession.insert`, which costs a tenth of making mapped objects and flushing them.
    """

    metadata = MetaData(naming_convention=CONVENTION)


def _initialised_dialect() -> Dialect:
    """A SQLite dialect that has seen a connection once, for the use of every engine."""
    engine = create_engine("sqlite://")
    with engine.connect():
        return engine.dialect


DIALECT = _initialised_dialect()
# Compiled statements are found by dialect, so worlds that share it share them too: a new world compiles nothing.
COMPILED: LRUCache[Any, Any] = LRUCache(1000)


def connect(path: Path, synchronous: str) -> sqlite3.Connection:
    """A connection to an existing database file; it opens no transaction by itself.

    Raises sqlite3.OperationalError where the file is not there.
    """
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
    return connection


def engine_over(connection: sqlite3.Connection) -> Engine:
    """An engine that works on one connection which is there already; dialect and compiled statements are shared."""

    def there_already() -> DBAPIConnection:
        return cast("DBAPIConnection", connection)

    pool = StaticPool(there_already, reset_on_return=None, dialect=DIALECT)
    return Engine(pool, DIALECT, make_url("sqlite://"), execution_options={"compiled_cache": COMPILED})


class Prepared:
    """A Core statement compiled once and run on the driver's own connection, for the hot paths.

    Type processors do not run: use columns of plain text, numbers and bytes. Parameters are `bindparam`s.

    Args:
        build: makes the statement, at its first use.
        kept_only: it need not see rows that the session has taken in and not yet written, because the session
            remembers those (`WorldSession.remembered`).
    """

    def __init__(self, build: Callable[[], ClauseElement], *, kept_only: bool = False) -> None:
        self._build = build
        self.kept_only = kept_only

    @cached_property
    def _compiled(self) -> tuple[str, list[str], dict[str, Any]]:
        compiled = self._build().compile(dialect=DIALECT)
        positions = getattr(compiled, "positiontup", None) or []
        return str(compiled), list(positions), dict(compiled.params)

    def bind(self, given: dict[str, Any]) -> tuple[str, list[Any]]:
        """The SQL text and its values in order. Raises KeyError for a parameter that is missing."""
        sql, positions, preset = self._compiled
        return sql, [given[name] if name in given else preset[name] for name in positions]


class Insertion:
    """The INSERT of a whole row of a table, compiled once.

    Attributes:
        table: the table.
        sql: the statement.
        presets: the columns in the order of the values, each with what it has when nothing is given.
    """

    def __init__(self, table: Table) -> None:
        compiled = insert(table).compile(dialect=DIALECT)
        ordered = list(getattr(compiled, "positiontup", None) or [])
        self.table = table
        self.sql = str(compiled)
        self.presets = {name: getattr(table.c[name].default, "arg", None) for name in ordered}
        self._in_order = itemgetter(*ordered)

    def row(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """The values in order; what is not given has its preset. Raises TypeError for a column there is not."""
        complete = values if len(values) == len(self.presets) else self.presets | values
        unknown = len(complete) != len(self.presets)
        try:
            row: tuple[Any, ...] = self._in_order(complete)
        except KeyError:
            unknown = True
        if unknown:
            raise TypeError(f"{self.table.name} has no column {', '.join(sorted(values.keys() - self.presets.keys()))}")
        return row


@cache
def insertion(model: type[Base]) -> Insertion:
    """The INSERT of a whole row of a mapped class's table."""
    table: Table = model.__table__  # type: ignore[assignment]
    return Insertion(table)
