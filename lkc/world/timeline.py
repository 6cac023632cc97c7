"""Looking back in the timeline: the latest event of a kind about something."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, text

from lkc.world.models import INDEXED, REMEMBERED, Event
from lkc.world.session import WorldSession

# So many events back somebody looks at most for kinds of which a world may have millions.
LOOKED_THROUGH = 20_000
MOST_EVENTS = 200


def latest_event(world: WorldSession, *kinds: str, after: int = 0, **subject: Any) -> Event | None:
    """The latest event of one of these kinds that has all of these business keys, or None.

    Kinds that are rare are found however long ago they happened, the others only among the latest events or those
    after a given one.

    Args:
        world: a session that reads.
        kinds: of which kinds.
        after: id of an event after which it happened.
        subject: business keys with their values.
    """
    last = world.ids.counters.get("event", 0)
    found = []
    for kind in kinds:
        oldest = after if kind in REMEMBERED or after else last - LOOKED_THROUGH
        found.append(world.orm.scalar(_events(kind, subject).where(Event.id > oldest).limit(1)))
    return max((event for event in found if event is not None), key=lambda event: event.id, default=None)


def latest_each(world: WorldSession, kind: str, key: str, **subject: Any) -> dict[Any, Event]:
    """Of a rare kind the latest events that have all of these business keys, one for each value of another key.

    The latest one comes first; so many are looked at as anybody will read.
    """
    found: dict[Any, Event] = {}
    for event in world.orm.scalars(_events(kind, subject).limit(MOST_EVENTS)):
        found.setdefault(json.loads(event.subject)[key], event)
    return found


def latest_of(
    world: WorldSession, kinds: Sequence[str], key: str, values: Sequence[Any], after: int = 0, to: str | None = None
) -> dict[Any, Event]:
    """The latest event of some kinds for each of these values of a business key, in one query; others are left out.

    Args:
        world: a session that reads.
        kinds: of which kinds; rare ones are found however long ago they happened.
        key: the business key.
        values: of which values of it.
        after: id of an event after which it happened; of kinds that are not rare, give one.
        to: to which system something was on its way, where that counts.
    """
    value = func.json_extract(Event.subject, f"$.{key}")
    latest = select(func.max(Event.id)).where(Event.kind.in_(kinds), Event.id > after, value.in_(values))
    if to is not None:
        latest = latest.where(func.json_extract(Event.subject, "$.to") == to)
    if all(kind in REMEMBERED for kind in kinds):
        latest = latest.where(text(f"({INDEXED})"))
    latest = latest.group_by(value)
    found = world.orm.scalars(select(Event).where(Event.id.in_(latest)))
    return {json.loads(event.subject)[key]: event for event in found}


def _events(kind: str, subject: dict[str, Any]) -> Select[Event]:
    """The events of a kind that have all of these business keys, the latest first."""
    keys = [func.json_extract(Event.subject, f"$.{key}") == value for key, value in subject.items()]
    query = select(Event).where(Event.kind == kind, *keys).order_by(Event.id.desc())
    return query.where(text(f"({INDEXED})")) if kind in REMEMBERED else query
