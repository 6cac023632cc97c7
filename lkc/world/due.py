"""What waits for the world's clock, and the doing of it once the clock has come that far."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete, func, select

from lkc.world.models import Due
from lkc.world.session import WorldSession

BATCH = 500

Action = Callable[[WorldSession, dict[str, Any]], None]


def do_due(world: WorldSession, actions: Mapping[str, Action]) -> int:
    """Does everything that has come due, earliest first, and tells how many things that were.

    Args:
        world: a session that may write.
        actions: who does what, by the name of the action.
    """
    now, done = world.clock.micros(), 0
    query = select(Due).where(Due.due_at <= now).order_by(Due.due_at, Due.id).limit(BATCH)
    while found := list(world.orm.scalars(query)):
        for due in found:
            actions[due.action](world, json.loads(due.payload))
        world.orm.execute(delete(Due).where(Due.id.in_([due.id for due in found])))
        done += len(found)
    world.next_due = world.orm.scalar(select(func.min(Due.due_at)))
    return done
