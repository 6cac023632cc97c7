"""A document becomes a world: all of it, or nothing."""

from __future__ import annotations

import sqlite3
from typing import Any

from lkc.world.clock import Mode, from_micros
from lkc.world.database import insertion
from lkc.world.session import WorldSession
from lkc.world.state.layout import Layout
from lkc.world.state.parts import Part
from lkc.world.state.reading import Document, Row
from lkc.world.state.writing import Head
from lkc.world.store import Origin

SOURCE = "state"
BATCH = 1000


def origin_of(content: bytes, layout: Layout) -> Origin:
    """A world that begins as a document says, and to which a reset leads back. Raises Invalid.

    What is wrong in its rows shows when the world is made.
    """
    document = Document(content=content, layout=layout)
    head = document.head()

    def furnish(world: WorldSession) -> None:
        load(world, document, head)

    return Origin(source=SOURCE, seed=head.seed, at=from_micros(head.now), mode=Mode(head.mode), furnish=furnish)


def load(world: WorldSession, document: Document, head: Head) -> None:
    """Takes the rows of a document into an empty world. Raises Invalid, naming every mistake."""
    # Rows may stand in any order that somebody finds readable.
    world.driver.execute("PRAGMA defer_foreign_keys=ON")
    loading, counted = _Loading(world, document), dict[Part, int]()
    for row in document.rows():
        loading.take(row)
        if row.part.counter:
            _check_counter(document, head, row, counted)
    loading.finish()
    document.mistakes.refuse()
    _check_references(world, document)
    document.mistakes.refuse()
    world.ids.counters, world.ids.has_moved = dict(head.numbers), True
    (world.next_due,) = world.driver.execute("SELECT min(due_at) FROM world_due").fetchone()


class _Loading:
    """Rows on their way into the database, many at once."""

    def __init__(self, world: WorldSession, document: Document) -> None:
        self._world, self._mistakes = world, document.mistakes
        self._waiting: dict[Part, list[Row]] = {}

    def take(self, row: Row) -> None:
        """Takes one row."""
        waiting = self._waiting.setdefault(row.part, [])
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._write(row.part)

    def finish(self) -> None:
        """Writes what still waits."""
        for part in self._waiting:
            self._write(part)

    def _write(self, part: Part) -> None:
        rows, self._waiting[part] = self._waiting[part], []
        into = insertion(part.model)
        self._world.driver.execute("SAVEPOINT batch")
        try:
            self._world.driver.executemany(into.sql, [into.row(row.values) for row in rows])
        except sqlite3.IntegrityError:
            self._world.driver.execute("ROLLBACK TO batch")
            self._write_each(part, rows)
        self._world.driver.execute("RELEASE batch")

    def _write_each(self, part: Part, rows: list[Row]) -> None:
        into = insertion(part.model)
        for row in rows:
            try:
                self._world.driver.execute(into.sql, into.row(row.values))
            except sqlite3.IntegrityError as error:
                # SQLite names the columns: `UNIQUE constraint failed: ordering_order.ocn`.
                columns = [name.rpartition(".")[2] for name in str(error).rpartition(": ")[2].split(", ")]
                told = ", ".join(part.called(name) for name in columns if name in part.columns)
                self._mistakes.add(row.line_of(columns[-1]), row.field(columns[-1]), f"{told}: another row has it")


def _check_counter(document: Document, head: Head, row: Row, counted: dict[Part, int]) -> None:
    """Sees to it that no number is given out again."""
    part, number = row.part, row.values[row.part.key[-1]]
    if number > max(head.numbers.get(part.counter, 0), counted.get(part, 0)):
        counted[part] = number
        message = f"[world.numbers] must have {part.counter} = {number} or more, else the number is given out again"
        document.mistakes.add(row.line_of(part.key[-1]), row.field(part.key[-1]), message, number)


def _check_references(world: WorldSession, document: Document) -> None:
    """Notes every row that points to one that is not there."""
    broken: dict[str, dict[tuple[Any, ...], list[tuple[str, str]]]] = {}
    by_table = {part.table.name: part for part in document.layout.parts}
    for table, row_id, target, number in world.driver.execute("PRAGMA foreign_key_check").fetchmany(1000):
        part = by_table[table]
        keys = {row[0]: row[3] for row in world.driver.execute(f"PRAGMA foreign_key_list({table})")}
        names = ", ".join(part.key)
        query = f"SELECT {names} FROM {table} WHERE rowid = ?"  # noqa: S608 - names of ours
        key = world.driver.execute(query, (row_id,)).fetchone()
        broken.setdefault(table, {}).setdefault(key, []).append((keys[number], target))
    if not broken:
        return
    for row in document.rows():
        found = broken.get(row.part.table.name, {}).get(tuple(row.values[name] for name in row.part.key), [])
        for column, target in found:
            wanted = document.layout.header(by_table[target])
            message = f"there is no [[{wanted}]] of this name"
            document.mistakes.add(row.line_of(column), row.field(column), message, row.values[column])
