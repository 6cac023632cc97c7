"""Looking back in the timeline: the latest event of a kind about something."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, text

from lkc.world.models import INDEXED, REMEMBERED, Event
from lkc.world.session import WorldSession

# So many events back somebody looks at most for kinds of which a world may have millions.
LOOKED_THROUGH = 20_000


def latest_event(world: WorldSession, *kinds: str, after: int = 0, **subject: Any) -> Event | None:
    """The latest event of one of these kinds that has all of these business keys, or None.

    Kinds that are rare are found however long ago they happened, the others only among the latest events.

    Args:
        world: a session that reads.
        kinds: of which kinds.
        after: id of an event after which it happened.
        subject: business keys with their values.
    """
    keys = [func.json_extract(Event.subject, f"$.{key}") == value for key, value in subject.items()]
    query = select(Event).where(Event.id > after, *keys).order_by(Event.id.desc()).limit(1)
    rare = [kind for kind in kinds if kind in REMEMBERED]
    found = [world.orm.scalar(query.where(text(f"({INDEXED})"), Event.kind == kind)) for kind in rare]
    if len(rare) < len(kinds):
        last = world.ids.counters.get("event", 0)
        others = [kind for kind in kinds if kind not in REMEMBERED]
        found.append(world.orm.scalar(query.where(Event.id > last - LOOKED_THROUGH, Event.kind.in_(others))))
    return max((event for event in found if event is not None), key=lambda event: event.id, default=None)
