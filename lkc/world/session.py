"""One hold on one world: everything that is read and written in one transaction goes through it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol

import orjson
from sqlalchemy import Table
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from lkc.world.clock import Clock, Mode, to_micros
from lkc.world.database import Base, Insertion, Prepared, insertion
from lkc.world.ids import Ids
from lkc.world.models import Due, Event
from lkc.world.outlet import Outlet

if TYPE_CHECKING:
    from lkc.world.door import Door

WIDE_CACHE_KIB = 12_000

_READ_WORLD = "SELECT seed, clock_mode, clock_base, clock_anchor, next_due, counters FROM world"
_WRITE_WORLD = "UPDATE world SET clock_mode=?, clock_base=?, clock_anchor=?, next_due=?, counters=?"


class Handle(Protocol):
    """A connection to a world that a store lends to one session."""

    driver: sqlite3.Connection

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine on this very connection."""

    def give_back(self) -> None:
        """Ends the use of the connection; what was not committed is rolled back."""


class Access(Enum):
    """Whether a session may write; the value is the statement that begins its transaction.

    A session that may write takes the write lock at once: one that takes it later can be refused at
    a moment when it has read what has changed since.
    """

    READ = "BEGIN"
    WRITE = "BEGIN IMMEDIATE"


@dataclass(slots=True)
class Exchange:
    """The call from outside for which a session works.

    Attributes:
        request_id: stands in every event that the call causes.
        origin: scheme and host under which the simulator was called, e.g. `http://127.0.0.1:8019`.
        world: name of the world.
        faults: kinds of the injected faults that acted on this call.
        door: the way by which a call from within came in; None for a call from outside.
    """

    request_id: str = ""
    origin: str = "http://localhost"
    world: str = ""
    faults: list[str] = field(default_factory=list)
    door: Door | None = None

    @property
    def base_url(self) -> str:
        """Where the world is reached from outside, always with its prefix, so that a link never leads to another."""
        return f"{self.origin}/w/{self.world}"


class WorldSession:
    """A world within one transaction: its clock, identifiers, rows, timeline and due list.

    New rows go in through `insert` (written together, table by table, at the next read or at the commit);
    what exists is loaded and changed through `orm`, or read with a `Prepared` statement on hot paths.
    """

    # Set by the store for worlds that somebody can see; what is built out of sight lets nothing go.
    outlet: Outlet | None = None

    def __init__(self, name: str, handle: Handle, access: Access, exchange: Exchange) -> None:
        self.name = name
        self.generation = ""
        # Whose name secrets follow from: a world that is built for any name has the same under each.
        self.secrets_of = name
        self.access = access
        self.exchange = exchange
        self.driver = handle.driver
        self._handle = handle
        self.driver.execute(access.value)
        seed, mode, base, anchor, due, counters = self.driver.execute(_READ_WORLD).fetchone()
        self.seed: int = seed
        self.next_due: int | None = due
        self.clock = Clock(Mode(mode), base, anchor)
        self._world_row = (mode, base, anchor, due, counters)
        self._pending: dict[Insertion, list[tuple[Any, ...]]] = {}
        self._orm: Session | None = None
        self._leaving: list[tuple[int, str]] = []
        # What this session has looked up or taken in and need not ask for again. It holds the write lock, so
        # nobody else can change it meanwhile; whoever changes it here puts it right. Reading sessions end soon.
        self.remembered: dict[tuple[str, ...], Any] = {}

    @cached_property
    def ids(self) -> Ids:
        """The world's numbers and secrets."""
        return Ids(self.seed, self.secrets_of, orjson.loads(self._world_row[-1]))

    @property
    def orm(self) -> Session:
        """An ORM session within this transaction; it sees what was added, and never commits."""
        if self._pending:
            self.flush()
        if self._orm is None:
            self._orm = Session(bind=self._handle.engine, expire_on_commit=False)
        return self._orm

    @property
    def is_due(self) -> bool:
        """Whether the clock has reached the earliest moment of the due list."""
        return self.next_due is not None and self.clock.micros() >= self.next_due

    def insert(self, model: type[Base], **values: Any) -> None:
        """Takes a row in, its values by column; it is written with others at the next read or at the commit.

        Raises TypeError for a column that there is not.
        """
        insertion_ = insertion(model)
        rows = self._pending.get(insertion_)
        if rows is None:
            rows = self._pending[insertion_] = []
        rows.append(insertion_.row(values))

    def widen(self) -> None:
        """Lets the connection keep more of the file in memory: for work that touches very many pages."""
        self.driver.execute(f"PRAGMA cache_size=-{WIDE_CACHE_KIB}")

    def flush(self) -> None:
        """Writes the rows that were taken in, parents before children."""
        pending, self._pending = self._pending, {}
        order = _parents_first()
        for insertion_ in sorted(pending, key=lambda pending_one: order[pending_one.table]):
            self.driver.executemany(insertion_.sql, pending[insertion_])

    def rows(self, query: Prepared, **parameters: Any) -> list[tuple[Any, ...]]:
        """All rows of a prepared query."""
        if not query.kept_only:
            self._synchronise()
        sql, values = query.bind(parameters)
        return self.driver.execute(sql, values).fetchall()

    def row(self, query: Prepared, **parameters: Any) -> tuple[Any, ...] | None:
        """The first row of a prepared query, or None."""
        if not query.kept_only:
            self._synchronise()
        sql, values = query.bind(parameters)
        found: tuple[Any, ...] | None = self.driver.execute(sql, values).fetchone()
        return found

    def run(self, statement: Prepared, **parameters: Any) -> int:
        """Runs a prepared UPDATE or DELETE and tells how many rows it touched."""
        self._synchronise()
        sql, values = statement.bind(parameters)
        return self.driver.execute(sql, values).rowcount

    def record(self, system: str, kind: str, text: str, **subject: Any) -> None:
        """Writes one entry of the timeline.

        Args:
            system: id of the system in which it happened.
            kind: what happened, as `noun-participle`, e.g. `order-submitted`.
            text: the same as a sentence for people.
            subject: business keys involved (order_number, email ...).
        """
        self.insert(
            Event,
            id=self.ids.next("event"),
            at=self.clock.stamp(),
            system=system,
            kind=kind,
            text=text,
            subject=orjson.dumps(subject).decode() if subject else "{}",
            request_id=self.exchange.request_id,
        )

    def when_due(self, moment: datetime, action: str, payload: dict[str, Any]) -> None:
        """Puts something on the due list: done by the first call after the clock has reached the moment."""
        due_at = to_micros(moment)
        self.insert(Due, id=self.ids.next("due"), due_at=due_at, action=action, payload=json.dumps(payload))
        if self.next_due is None or due_at < self.next_due:
            self.next_due = due_at

    def let_go(self, number: int, destination: str) -> None:
        """Hands something to the outlet, where there is one, once this transaction is committed."""
        if self.outlet is not None:
            self._leaving.append((number, destination))

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """A block whose work is done and taken back: rows, numbers, due list and faults are as before.

        For answers that must take the same time whether something came of them or not.
        """
        take_back = self._savepoint()
        try:
            yield
            self._synchronise()
        finally:
            take_back()
            self.driver.execute("RELEASE part")

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A block that is done as a whole: where it raises, everything is as it was before it."""
        take_back = self._savepoint()
        try:
            yield
            self._synchronise()
        except BaseException:
            take_back()
            raise
        finally:
            self.driver.execute("RELEASE part")

    def _savepoint(self) -> Callable[[], None]:
        """Sets a mark in the transaction, and gives what leads back to it."""
        self._synchronise()
        counters, next_due, faults = dict(self.ids.counters), self.next_due, list(self.exchange.faults)
        clock, leaving = replace(self.clock), len(self._leaving)
        self.driver.execute("SAVEPOINT part")

        def take_back() -> None:
            self._pending.clear()
            del self._leaving[leaving:]
            self.driver.execute("ROLLBACK TO part")
            if self._orm is not None:
                self._orm.expire_all()
            self.ids.counters, self.next_due, self.exchange.faults[:] = counters, next_due, faults
            self.remembered, self.clock = {}, clock

        return take_back

    def commit(self) -> None:
        """Writes everything and ends the transaction."""
        if self.access is Access.WRITE:
            self._synchronise()
            self._write_bookkeeping()
        self.driver.execute("COMMIT")
        if self._leaving and self.outlet is not None:
            self.outlet.take(self, self._leaving)

    def rollback(self) -> None:
        """Forgets everything since the beginning and ends the transaction."""
        self._pending.clear()
        if self.driver.in_transaction:
            # A connection that cannot even do this is not used again.
            with suppress(sqlite3.Error):
                self.driver.execute("ROLLBACK")

    def close(self) -> None:
        """Gives the connection back; what was not committed is gone."""
        if self._orm is not None:
            self._orm.close()
        self._handle.give_back()

    def _synchronise(self) -> None:
        """Writes what was added and what was changed through the ORM, so that a statement sees both."""
        if self._pending:
            self.flush()
        if self._orm is not None:
            self._orm.flush()

    def _write_bookkeeping(self) -> None:
        counters = self._world_row[-1]
        if "ids" in self.__dict__ and self.ids.has_moved:
            counters = orjson.dumps(self.ids.counters).decode()
        world_row = (self.clock.mode.value, self.clock.base, self.clock.anchor, self.next_due, counters)
        if world_row != self._world_row:
            self.driver.execute(_WRITE_WORLD, world_row)


@cache
def _parents_first() -> dict[Table, int]:
    """The place of every table in an order in which no row comes before what it points to."""
    return {table: place for place, table in enumerate(Base.metadata.sorted_tables)}
