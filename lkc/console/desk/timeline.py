"""The timeline on a page, and the news that keep open pages up to date."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request, url_for

from lkc.console.chronicle import Search, chronicle
from lkc.console.secrecy import is_quiz_open
from lkc.look.pages import show
from lkc.world.faults import ORDERED, TAKEN_BACK
from lkc.world.hold import current_hold, current_world
from lkc.world.session import Access
from lkc.world.system import current_systems
from lkc.world.waiting import stream

LONGEST_NUMBER, LONGEST_TEXT = 15, 100
WORLD = "world"
# What would give the case of a quiz away.
FAULTS = (ORDERED, TAKEN_BACK)


def timeline_page() -> Response:
    """What happened, the latest first, in one lane for each system."""
    search = _search()
    systems = current_systems()
    lanes = [system.id for system in systems]
    titles = {system.id: system.title for system in systems} | {WORLD: "The world"}
    told = chronicle(current_world(), search, lanes, FAULTS if is_quiz_open() else ())

    def link(before: int | None = None) -> str:
        return url_for(".timeline_page", q=search.text or None, system=search.system or None, before=before)

    def across(lane: float) -> str:
        return f"{(lane + 0.5) / (len(lanes) + 1):.2%}"

    return show("console/timeline.html", across=across, told=told, search=search, lanes=lanes, titles=titles, link=link)


def news_stream() -> Response:
    """That something happened, as server-sent events: the number of the last one, at once and whenever it changes.

    Raises TooManyWaiting, which a page answers by asking now and then instead.
    """
    hold = current_hold()
    told: tuple[str, int] | None = None

    def look() -> Iterator[str]:
        nonlocal told
        with hold.transaction(Access.READ) as world:
            seen = (world.generation, world.ids.counters.get("event", 0))
        if seen != told:
            told = seen
            yield f"data: {seen[0]} {seen[1]}\n\n"

    return Response(stream(look), mimetype="text/event-stream")


def _search() -> Search:
    """What the address asks for; what cannot be meant is left out."""
    said = request.args
    before = said.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) <= LONGEST_NUMBER else 0
    known = {system.id for system in current_systems()} | {WORLD}
    system = said.get("system", "")
    return Search(number, system if system in known else "", said.get("q", "").strip()[:LONGEST_TEXT])
