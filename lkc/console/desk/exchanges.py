"""What was called in the world, and one call with all that it led to."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import orjson
from flask import Response, request
from sqlalchemy import select

from lkc.console.secrecy import is_quiz_open
from lkc.look.pages import show
from lkc.world.controls.requests import CONTROL, exchange_view, system_of
from lkc.world.hold import current_hold, current_world
from lkc.world.journal import current_journal
from lkc.world.models import Event
from lkc.world.system import current_systems

SHOWN, MOST_EVENTS, LOOKED_THROUGH = 100, 200, 100_000
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LONGEST_PATH = 200

_STATUS = re.compile(r"[1-5](?:xx|\d\d)\Z")


def exchanges_page() -> Response:
    """The latest exchanges that fit, the latest first; those of the simulator itself only where they are asked for."""
    search = {
        "method": _one_of(request.args.get("method", ""), METHODS),
        "path": request.args.get("path", "").strip()[:LONGEST_PATH],
        "status": request.args.get("status", "").strip().lower(),
        "own": "1" if request.args.get("own") else "",
    }
    wrong = "" if not search["status"] or _STATUS.match(search["status"]) else "Give a status such as 409 or 4xx."
    is_secret = is_quiz_open()
    search["own"] = "" if is_secret else search["own"]
    found = deque[dict[str, Any]](() if wrong else _fitting(search), maxlen=SHOWN)
    views = [exchange_view(entry) for entry in reversed(found)]
    return show(
        "console/exchanges.html", exchanges=views, search=search, wrong=wrong, methods=METHODS, titles=_titles(),
        most=SHOWN, is_secret=is_secret,
    )  # fmt: skip


def exchange_page(request_id: str) -> Response:
    """One call from outside: what was sent and answered, what was called from within, and what happened by it."""
    world = current_world()
    entries = current_journal().entries(current_hold().name)
    views = [exchange_view(entry) for entry in entries if entry["request_id"] == request_id]
    if is_quiz_open():
        views = [_untold(view) for view in views if view["system"] != CONTROL]
    # A call from within ends before the one that made it.
    views.sort(key=lambda view: view["nested"])
    oldest = world.ids.counters.get("event", 0) - LOOKED_THROUGH
    query = select(Event).where(Event.request_id == request_id, Event.id > oldest).order_by(Event.id)
    events = list(world.orm.scalars(query.limit(MOST_EVENTS)))
    return show(
        "console/exchange.html",
        status=200 if views or events else 404,
        request_id=request_id[:64],
        exchanges=views,
        events=events,
        titles=_titles(),
        pretty=_pretty,
        phrase=_phrase,
    )


def _untold(view: dict[str, Any]) -> dict[str, Any]:
    """A call without the page on which it was made, which may be that of a case, and without its faults."""
    headers = {name: value for name, value in view["request"]["headers"].items() if name != "referer"}
    return {**view, "faults": [], "request": {**view["request"], "headers": headers}}


def _fitting(search: dict[str, str]) -> Iterator[dict[str, Any]]:
    status = search["status"]
    for entry in current_journal().entries(current_hold().name):
        if not search["own"] and system_of(entry["path"]) == CONTROL:
            continue
        if search["method"] and entry["method"] != search["method"]:
            continue
        if search["path"] not in f"{entry['path']}?{entry['query']}":
            continue
        if not status or str(entry["status"]).startswith(status.removesuffix("xx")):
            yield entry


def _titles() -> dict[str, str]:
    return {system.id: system.title for system in current_systems()} | {CONTROL: "The simulator", "world": "The world"}


def _one_of(said: str, known: tuple[str, ...]) -> str:
    return said if said in known else ""


def _pretty(value: Any) -> str:
    """A body as people read it: JSON with indentation, text as it is."""
    return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _phrase(status: int | None) -> str:
    """A status with its name."""
    if status is None:
        return "connection dropped"
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
