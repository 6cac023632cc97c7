"""What waits for the world's clock, and the doing of it once the clock has come that far."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import OperationalError

from lkc.world.clock import Clock, Mode
from lkc.world.models import Due
from lkc.world.session import WorldSession

BATCH = 500

_log = logging.getLogger("lkc")

Action = Callable[[WorldSession, dict[str, Any]], None]


def do_due(world: WorldSession, actions: Mapping[str, Action]) -> int:
    """Does everything that has come due, earliest first, and tells how many things that were.

    While a thing is done the world's clock shows the moment at which it was due, so that all that comes of it bears
    that moment; what it puts on the list and is due by now as well has its turn in between. What cannot be done is
    taken off the list and told in the timeline, so that it stops nothing else.

    Args:
        world: a session that may write.
        actions: who does what, by the name of the action.
    """
    clock, done = world.clock, 0
    now = clock.micros()
    columns = select(Due.id, Due.due_at, Due.action, Due.payload)
    query = columns.where(Due.due_at <= now).order_by(Due.due_at, Due.id).limit(BATCH)
    try:
        while found := world.orm.execute(query).all():
            finished = _do_in_turn(world, actions, found)
            world.orm.execute(delete(Due).where(Due.id.in_(finished)))
            done += len(finished)
    finally:
        world.clock = clock
    world.next_due = world.orm.scalar(select(func.min(Due.due_at)))
    return done


def _do_in_turn(
    world: WorldSession, actions: Mapping[str, Action], found: Sequence[tuple[int, int, str, str]]
) -> list[int]:
    """Does what was found up to where something new comes first, and gives the numbers of what is done."""
    finished: list[int] = []
    world.next_due = None
    for number, due_at, action, payload in found:
        if world.next_due is not None and world.next_due < due_at:
            break
        world.clock = Clock(Mode.FROZEN, due_at, 0)
        _do(world, actions, action, json.loads(payload))
        finished.append(number)
    return finished


def _do(world: WorldSession, actions: Mapping[str, Action], action: str, payload: dict[str, Any]) -> None:
    try:
        with world.whole():
            actions[action](world, payload)
    except (sqlite3.OperationalError, OperationalError):
        # The disk is full or the file is locked: the same will work another time.
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, everything else must go on
        _log.exception("What was due in world %s could not be done: %s", world.name, action)
        text = f"What was due could not be done: {action} ({type(error).__name__}: {error})."
        world.record("world", "due-failed", text, action=action, payload=payload)
