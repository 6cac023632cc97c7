"""What waits for the world's clock, and the doing of it once the clock has come that far."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import OperationalError

from lkc.world.models import Due
from lkc.world.session import WorldSession

BATCH = 500

_log = logging.getLogger("lkc")

Action = Callable[[WorldSession, dict[str, Any]], None]


def do_due(world: WorldSession, actions: Mapping[str, Action]) -> int:
    """Does everything that has come due, earliest first, and tells how many things that were.

    What cannot be done is taken off the list and told in the timeline, so that it stops nothing else.

    Args:
        world: a session that may write.
        actions: who does what, by the name of the action.
    """
    now, done = world.clock.micros(), 0
    query = select(Due).where(Due.due_at <= now).order_by(Due.due_at, Due.id).limit(BATCH)
    while found := [(due.id, due.action, due.payload) for due in world.orm.scalars(query)]:
        for _, action, payload in found:
            _do(world, actions, action, json.loads(payload))
        world.orm.execute(delete(Due).where(Due.id.in_([number for number, _, _ in found])))
        done += len(found)
    world.next_due = world.orm.scalar(select(func.min(Due.due_at)))
    return done


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
        world.record("world", "due-failed", text, action=action, **payload)
