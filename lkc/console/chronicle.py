"""The timeline for reading: a page of events, the latest exchange first, each exchange as the story that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from lkc.world.models import Event
from lkc.world.session import WorldSession

PAGE = 40
# So many events a search looks through at once; it goes on from there with the next page.
LOOKED_THROUGH = 20_000
SHORTEST_GAP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Search:
    """Which events to show: before a given one, of a system, with a text; empty is any."""

    before: int
    system: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in its lane.

    Attributes:
        lane: of its system, from 0.
        above: the lane from which the line of its exchange comes, or None for the first.
        below: the lane to which it leads, or None for the last.
    """

    event: Event
    lane: int
    above: int | None
    below: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """The events of one exchange that follow each other, first to last.

    Attributes:
        gap: the world time between it and what is shown above it, in words; empty for a short one.
    """

    request_id: str
    at: str
    marks: list[Mark]
    gap: str


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A page of the timeline; `older` is where the next one begins, or None."""

    stories: list[Story]
    older: int | None
    newest: int


def chronicle(world: WorldSession, search: Search, lanes: Sequence[str], without: Sequence[str] = ()) -> Chronicle:
    """The page of the timeline that a search asks for; lanes are the ids of systems, one for others comes last.

    Events of the kinds in `without` are left out.
    """
    newest = world.ids.counters.get("event", 0)
    before = min(search.before, newest + 1) if search.before else newest + 1
    floor = max(0, before - LOOKED_THROUGH - 1)
    query = select(Event).where(Event.id < before, Event.id > floor).order_by(Event.id.desc()).limit(PAGE + 1)
    if without:
        query = query.where(Event.kind.not_in(without))
    if search.system:
        query = query.where(Event.system == search.system)
    if search.text:
        query = query.where(Event.text.icontains(search.text, autoescape=True))
    found = list(world.orm.scalars(query))
    older = found[PAGE - 1].id if len(found) > PAGE else (floor + 1 if floor else None)
    return Chronicle(_stories(found[:PAGE], lanes), older, newest)


def _stories(events: Sequence[Event], lanes: Sequence[str]) -> list[Story]:
    """Events, the latest first, as stories, the latest first."""
    parts: list[list[Event]] = []
    for event in events:
        if parts and _are_one(parts[-1][0], event):
            parts[-1].append(event)
        else:
            parts.append([event])
    stories, later = list[Story](), ""
    for part in parts:
        part.reverse()
        stories.append(Story(part[0].request_id, part[0].at, _marks(part, lanes), _gap(part[-1].at, later)))
        later = part[0].at
    return stories


def _are_one(event: Event, other: Event) -> bool:
    """Whether two events are of one exchange; of those that a seed brought about, whether of one moment."""
    return event.request_id == other.request_id and (event.request_id != "" or event.at == other.at)


def _marks(events: Sequence[Event], lanes: Sequence[str]) -> list[Mark]:
    at = [lanes.index(event.system) if event.system in lanes else len(lanes) for event in events]
    if not events[0].request_id:
        return [Mark(event, lane, None, None) for event, lane in zip(events, at, strict=True)]
    return [
        Mark(event, lane, above, below)
        for event, lane, above, below in zip(events, at, [None, *at[:-1]], [*at[1:], None], strict=True)
    ]


def _gap(earlier: str, later: str) -> str:
    """How much world time lies between two moments, in words."""
    if not later:
        return ""
    passed = datetime.fromisoformat(later) - datetime.fromisoformat(earlier)
    if passed < SHORTEST_GAP:
        return ""
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", SHORTEST_GAP)):
        if passed >= length:
            count = round(passed / length)
            return f"{count:,} {unit}{'' if count == 1 else 's'} later"
    return ""
