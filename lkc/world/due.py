"""What waits for the world's clock, and the doing of it once the clock has come that far."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete, func, select

from lkc.world.models import Due
from lkc.world.session import WorldSession

Action = Callable[[WorldSession, dict[str, Any]], None]


def do_due(world: WorldSession, actions: Mapping[str, Action]) -> int:
    """Does everything that has come due, earliest first, and tells how many things that were.

    Args:
        world: a session that may write.
        actions: who does what, by the name of the action.
    """
    now = world.clock.micros()
    found = list(world.orm.scalars(select(Due).where(Due.due_at <= now).order_by(Due.due_at, Due.id)))
    for due in found:
        actions[due.action](world, json.loads(due.payload))
    if found:
        world.orm.execute(delete(Due).where(Due.id.in_([due.id for due in found])))
    world.flush()
    world.next_due = world.orm.scalar(select(func.min(Due.due_at)))
    return len(found)
