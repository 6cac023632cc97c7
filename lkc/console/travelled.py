"""What last travelled along each route of the landscape, by the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import bindparam, select

from lkc.world.database import Prepared
from lkc.world.landscape import Route
from lkc.world.models import Event
from lkc.world.session import WorldSession
from lkc.world.system import System

# So many events back are looked at: a page has to come at once in a world with millions of them.
LOOKED_AT = 2_000

_LATEST = Prepared(
    lambda: (
        select(Event.id, Event.system, Event.kind, Event.subject)
        .where(Event.id > bindparam("after"))
        .order_by(Event.id.desc())
    )
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A route with its ends.

    Attributes:
        number: of the route on the map, from 1.
        last: the event with which something travelled last; None where that was long ago, or never.
    """

    number: int
    route: Route
    start: str
    end: str
    last: Event | None


def passages(world: WorldSession, systems: Sequence[System]) -> list[Passage]:
    """All routes, in the order in which the systems state them."""
    routes = [(route.start or system.id, route) for system in systems for route in system.routes]
    found = _latest(world, [route for _, route in routes])
    events = {
        event.id: event for event in world.orm.scalars(select(Event).where(Event.id.in_(found.values()))) if found
    }
    return [
        Passage(number, route, start, route.to, events.get(found.get(number - 1, 0)))
        for number, (start, route) in enumerate(routes, 1)
    ]


def _latest(world: WorldSession, routes: Sequence[Route]) -> dict[int, int]:
    """The id of the last event of each route, by the route's place; only of those that have one lately."""
    wanted: dict[str, set[int]] = {}
    for place, route in enumerate(routes):
        for kind in (*route.kinds, *route.arrivals):
            wanted.setdefault(kind, set()).add(place)
    found: dict[int, int] = {}
    for event_id, system, kind, subject in world.rows(_LATEST, after=world.ids.counters.get("event", 0) - LOOKED_AT):
        if kind in wanted:
            told = [place for place in wanted[kind] if _tells(routes[place], system, kind, subject)]
            found = dict.fromkeys(told, event_id) | found
            wanted[kind].difference_update(told)
    return found


def _tells(route: Route, system: str, kind: str, subject: str) -> bool:
    """Whether an event says that something travelled on a route."""
    if kind in route.arrivals and system == route.to:
        return True
    if kind not in route.kinds:
        return False
    given = orjson.loads(subject) if route.subject else {}
    return all(given.get(name) == value for name, value in route.subject.items())
