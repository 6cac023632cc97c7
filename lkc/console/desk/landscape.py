"""The first page: the map of the landscape, with what it has and what last travelled in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from typing import Any

from flask import Response, url_for
from sqlalchemy import select

from lkc.console.desk.lessons import known_case, sign_in_at
from lkc.console.drawing.plan import NARROW, WIDE, Plan, planned
from lkc.console.secrecy import is_quiz_open
from lkc.console.travelled import Passage, passages
from lkc.look.pages import show
from lkc.scenarios.standing import standing_of
from lkc.world.faults import is_still_on
from lkc.world.hold import current_world
from lkc.world.landscape import PEOPLE, Count
from lkc.world.models import Fault
from lkc.world.session import WorldSession
from lkc.world.system import System, current_systems
from lkc.world.wire_faults import ANY_SYSTEM

PEOPLE_TITLE = "The customer"
TITLE_WIDTH = 15
PEOPLE_SAY = ("reads mails,", "asks for help")
PEOPLE_SUMMARY = "People who read mails, generate license files, apply them, and ask for help."


@dataclass(frozen=True, slots=True)
class Node:
    """A system as it stands on the map, or the people at the customer's, who have no entrance.

    Attributes:
        path: of its entrance, below the world; empty where there is none.
        label: what is found there.
        counts: what it has.
        faults: how many are on order in it.
        said: what its box says in the place of numbers.
    """

    id: str
    title: str
    summary: str
    path: str = ""
    label: str = ""
    counts: tuple[Count, ...] = ()
    faults: int = 0
    said: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """Its title as it fits into its box."""
        return wrap(self.title, TITLE_WIDTH)


def landscape_page() -> Response:
    """The map, wide and narrow, and in words what it shows."""
    world, systems = current_world(), current_systems()
    travelled = passages(world, systems)
    known = {system.id for system in systems} | {PEOPLE}
    travelled = [passage for passage in travelled if {passage.start, passage.end} <= known]
    nodes = _nodes(world, systems)
    arrows = tuple((passage.start, passage.end) for passage in travelled)
    drawings = [(name, plan) for name, plan in _plans(tuple(nodes), arrows).items()]
    return show(
        "console/landscape.html",
        drawings=drawings,
        nodes=nodes,
        passages=travelled,
        titles={name: node.title for name, node in nodes.items()},
        words=_told,
        event_link=event_link,
        begun=_begun(world),
    )


def _begun(world: WorldSession) -> dict[str, Any] | None:
    """The case of this world: what the customer says, where it is seen, and where one goes on with it."""
    standing = standing_of(world)
    case = known_case(standing.case_id) if standing is not None else None
    if standing is None or case is None or not standing.phase:
        return None
    number, _, name = case.id.partition("/")
    if is_quiz_open():
        label, link = "Name the cause", url_for("desk.quiz_page")
    else:
        label, link = "Go on with the lesson", url_for("desk.lesson_page", number=number, name=name)
    return {"says": case.customer, "sign_in": sign_in_at(case, standing), "label": label, "link": link}


def event_link(event_id: int) -> str:
    """Where the timeline shows an event, at its top."""
    return f"{url_for('desk.timeline_page', before=event_id + 1)}#event-{event_id}"


@cache
def _plans(nodes: tuple[str, ...], arrows: tuple[tuple[str, str], ...]) -> dict[str, Plan]:
    """The map stays as it is as long as the systems do."""
    return {"wide": planned(nodes, arrows, WIDE), "narrow": planned(nodes, arrows, NARROW)}


def _nodes(world: WorldSession, systems: Sequence[System]) -> dict[str, Node]:
    on_order = () if is_quiz_open() else world.orm.scalars(select(Fault))
    faults = Counter(fault.system for fault in on_order if is_still_on(world, fault))
    everywhere = faults[ANY_SYSTEM]
    nodes = {
        system.id: Node(
            id=system.id,
            title=system.title,
            summary=system.summary,
            path=system.entrance.path[1:],
            label=system.entrance.label,
            counts=tuple((number, _of(number, what)) for number, what in system.counts(world)),
            faults=faults[system.id] + everywhere,
        )
        for system in systems
    }
    return nodes | {PEOPLE: Node(PEOPLE, PEOPLE_TITLE, PEOPLE_SUMMARY, said=PEOPLE_SAY)}


def _told(passage: Passage, titles: dict[str, str]) -> str:
    """An arrow in a sentence, for those who do not see it."""
    way = f"{passage.number}. {passage.route.what}, from {titles[passage.start]} to {titles[passage.end]}"
    return f"{way}: {passage.last.text} {passage.last.at}" if passage.last is not None else way


def _of(number: int, what: str) -> str:
    """What is counted, as one says it of one or of several."""
    return what.removesuffix("s") if number == 1 else what
