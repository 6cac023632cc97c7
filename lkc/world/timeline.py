"""Looking back in the timeline: the latest event of a kind about something."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from lkc.world.models import Event
from lkc.world.session import WorldSession

# So many events back somebody looks at most: a world may have millions.
LOOKED_THROUGH = 20_000


def latest_event(world: WorldSession, *kinds: str, **subject: Any) -> Event | None:
    """The latest event of one of these kinds that has all of these business keys, or None."""
    last = world.ids.counters.get("event", 0)
    query = (
        select(Event)
        .where(Event.id > last - LOOKED_THROUGH, Event.kind.in_(kinds))
        .order_by(Event.id.desc())
        .execution_options(yield_per=100)
    )
    for event in world.orm.scalars(query):
        if subject.items() <= json.loads(event.subject).items():
            return event
    return None
