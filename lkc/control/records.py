"""What happened: the timeline of a world."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request
from sqlalchemy import select

from lkc.control.doors import CONTROL, guard
from lkc.control.schemas import EventPageSchema, EventSchema
from lkc.world.hold import Hold, current_hold, current_world
from lkc.world.models import Event
from lkc.world.paging import paged
from lkc.world.refusals import TooManyWaiting
from lkc.world.rest import Blueprint
from lkc.world.session import Access, WorldSession
from lkc.world.waiting import stream

EVENT_STREAM = "text/event-stream"
STREAM_EXAMPLE = (
    "id: 18\nevent: order-booked\n"
    'data: {"id": 18, "at": "2014-03-03T09:00:00Z", "system": "ordering", "kind": "order-booked"}\n\n'
)

blueprint = Blueprint("records", __name__, url_prefix="/_sim", description="Timeline", callers=CONTROL)
blueprint.before_request(guard)

PAGE = EventPageSchema()


@blueprint.route("/events", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, EventSchema, many=True)
@blueprint.response(200, content_type=EVENT_STREAM, example=STREAM_EXAMPLE)
@blueprint.header("Last-Event-ID", "of a stream: the event after which it goes on", "17")
@blueprint.refuses(TooManyWaiting)
def list_events(page: dict[str, Any]) -> Response:
    """The timeline, oldest first; with `Accept: text/event-stream` as it goes on."""
    if request.accept_mimetypes.best_match(["application/json", EVENT_STREAM]) == EVENT_STREAM:
        return _streamed(current_hold(), max(page["after"], _last_received()))
    rows = [_event_view(event) for event in _events(current_world(), page["after"], page["limit"] + 1)]
    return paged(rows, page["limit"], "id")


def _last_received() -> int:
    """The event after which a reader that was cut off goes on, by the header that it sends of itself."""
    last = request.headers.get("Last-Event-ID", "")
    return int(last) if last.isdecimal() and len(last) < 16 else 0


def _events(world: WorldSession, after: int, limit: int) -> list[Event]:
    return list(world.orm.scalars(select(Event).where(Event.id > after).order_by(Event.id).limit(limit)))


def _event_view(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at,
        "system": event.system,
        "kind": event.kind,
        "text": event.text,
        "subject": json.loads(event.subject),
        "request_id": event.request_id,
    }


def _streamed(hold: Hold, after: int) -> Response:
    """The timeline as server-sent events, from a given event on."""
    last = after
    with hold.transaction(Access.READ) as world:
        generation = world.generation

    def look() -> Iterator[str]:
        nonlocal last, generation
        with hold.transaction(Access.READ) as world:
            if world.generation != generation:
                # The world was reset: its timeline begins anew.
                last, generation = 0, world.generation
            views = [_event_view(event) for event in _events(world, last, 100)]
        for view in views:
            last = view["id"]
            yield f"id: {view['id']}\nevent: {view['kind']}\ndata: {json.dumps(view, ensure_ascii=False)}\n\n"

    return Response(stream(look), mimetype=EVENT_STREAM, headers={"Cache-Control": "no-store"})
