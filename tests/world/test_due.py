"""What waits for the clock: each thing is done as a whole, and none stops the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from lkc.world.clock import to_micros
from lkc.world.due import do_due
from lkc.world.models import Due, Event, Fault
from lkc.world.session import Access, WorldSession
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from tests.world.store_suite import put


def fail(world: WorldSession, _: dict[str, Any]) -> None:
    """Does half of its work, changes what is there, and fails."""
    put(world, "half-done")
    world.orm.scalars(select(Fault).where(Fault.kind == "first")).one().operation = "half-changed"
    world.when_due(world.clock.now(), "put", {})
    raise ZeroDivisionError("of no use")


def full(_: WorldSession, __: dict[str, Any]) -> None:
    """Meets a full disk."""
    raise sqlite3.OperationalError("database or disk is full")


def tell(world: WorldSession, payload: dict[str, Any]) -> None:
    """Notes that it was done, and puts the next one on the list, so many minutes later."""
    world.record("world", "told", payload["name"])
    for minutes, name in payload.get("then", []):
        world.when_due(world.clock.now() + timedelta(minutes=minutes), "tell", {"name": name})
    if payload.get("fails"):
        raise ZeroDivisionError


ACTIONS = {"tell": tell, "put": lambda world, _: put(world, "second"), "fail": fail, "full": full}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[WorldSession]:
    """A session in a world with one row."""
    store = SqliteStore(tmp_path, "OFF")
    store.create("acme", Origin())
    with store.session("acme", Access.WRITE) as session:
        put(session, "first")
        yield session
    store.close()


def test_what_fails_is_taken_back_and_told(world: WorldSession) -> None:
    """The others are done, the failing one leaves nothing but its event, and the list is empty."""
    for action in ("put", "fail", "unheard-of", "put"):
        world.when_due(world.clock.now(), action, {"system": "keycenter", "text": 7})

    done = do_due(world, ACTIONS)

    kept = [(fault.kind, fault.operation) for fault in world.orm.scalars(select(Fault).order_by(Fault.id))]
    assert kept == [("first", None), ("second", None), ("second", None)]
    assert done == 4
    assert (world.orm.scalars(select(Due)).all(), world.next_due) == ([], None)
    told = world.orm.scalars(select(Event).where(Event.kind == "due-failed").order_by(Event.id)).all()
    assert [event.text for event in told] == [
        "What was due could not be done: fail (ZeroDivisionError: of no use).",
        "What was due could not be done: unheard-of (KeyError: 'unheard-of').",
    ]
    assert told[0].subject == '{"action":"fail","payload":{"system":"keycenter","text":7}}'


def test_a_full_disk_loses_nothing(world: WorldSession) -> None:
    """What could not be done for want of space stays on the list, for it can be done another time."""
    world.when_due(world.clock.now(), "full", {})

    with pytest.raises(sqlite3.OperationalError):
        do_due(world, ACTIONS)

    assert [due.action for due in world.orm.scalars(select(Due))] == ["full"]


def test_a_rehearsal_takes_changed_objects_back(world: WorldSession) -> None:
    """Rows, numbers and loaded objects are after a rehearsal as they were."""
    loaded = world.orm.scalars(select(Fault)).one()
    with world.rehearsal():
        loaded.operation = "rehearsed"
        put(world, "rehearsed")

    assert loaded.operation is None
    assert world.ids.next("fault") == 2
    assert len(world.orm.scalars(select(Fault)).all()) == 1


def test_a_wrong_column_is_a_mistake_of_type(world: WorldSession) -> None:
    """One column too many, or another in the place of one: both are told by name."""
    values = {"due_at": 1, "action": "x", "payload": "{}"}
    for wrong in ({"id": 1, **values, "colour": "red"}, {**values, "colour": "red"}):
        with pytest.raises(TypeError, match="world_due has no column colour"):
            world.insert(Due, **wrong)


def test_each_thing_is_done_at_its_own_moment(world: WorldSession) -> None:
    """In order, those included that come of another and are due as well; then the clock shows the present again."""
    start = world.clock.now()
    for minutes, payload in (
        (30, {"name": "third"}),
        (10, {"name": "first", "then": [(5, "second"), (20, "fourth"), (300, "much later")]}),
        (50, {"name": "last", "then": [(1, "gone with it")], "fails": True}),
    ):
        world.when_due(start + timedelta(minutes=minutes), "tell", payload)
    world.clock.advance(timedelta(hours=1))
    clock = world.clock

    done = do_due(world, ACTIONS)

    events = world.orm.scalars(select(Event).order_by(Event.id)).all()
    assert [(event.at[11:16], event.text.partition(":")[0]) for event in events] == [
        ("09:10", "first"),
        ("09:15", "second"),
        ("09:30", "third"),
        ("09:30", "fourth"),
        ("09:50", "What was due could not be done"),
    ]
    assert done == 5
    assert (world.clock is clock, world.clock.now()) == (True, start + timedelta(hours=1))
    assert world.next_due == to_micros(start + timedelta(minutes=310))


def test_a_failure_leaves_the_clock_as_it_was(world: WorldSession) -> None:
    """A full disk in the middle: the clock shows the present all the same."""
    world.when_due(world.clock.now(), "full", {})
    world.clock.advance(timedelta(days=1))
    present = world.clock.now()

    with pytest.raises(sqlite3.OperationalError):
        do_due(world, ACTIONS)

    assert world.clock.now() == present
