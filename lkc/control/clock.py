"""The clock of a world: showing it, setting it, letting it go on."""

from __future__ import annotations

from typing import Any

from flask import Response

from lkc.control.doors import CONTROL, guard
from lkc.control.schemas import AdvancedSchema, ClockSchema
from lkc.world.controls import clock
from lkc.world.controls.clock import AdvanceSchema, ClockChangeSchema, clock_view
from lkc.world.expiry import NothingExpires
from lkc.world.hold import current_hold, current_world
from lkc.world.refusals import ClockBackwards
from lkc.world.rest import Blueprint, answer

blueprint = Blueprint("clock", __name__, url_prefix="/_sim/clock", description="The world's clock", callers=CONTROL)
blueprint.before_request(guard)

CHANGE, ADVANCE = ClockChangeSchema(), AdvanceSchema()


@blueprint.route("", methods=["GET"])
@blueprint.response(200, ClockSchema)
def show_clock() -> Response:
    """What the clock shows."""
    return answer(clock_view(current_world().clock))


@blueprint.route("", methods=["PUT"])
@blueprint.arguments(CHANGE)
@blueprint.response(200, ClockSchema)
@blueprint.refuses(ClockBackwards)
def set_clock(body: dict[str, Any]) -> Response:
    """Sets the clock to a later moment, freezes it or lets it run."""
    return answer(clock_view(clock.set_clock(current_hold(), body)))


@blueprint.route("/advance", methods=["POST"])
@blueprint.arguments(ADVANCE)
@blueprint.response(200, AdvancedSchema)
@blueprint.refuses(ClockBackwards, NothingExpires)
def advance_clock(body: dict[str, Any]) -> Response:
    """Lets the clock go on: by a duration, to a moment, or until the next date has passed."""
    now, passed = clock.advance_clock(current_hold(), body)
    if passed is None:
        return answer(clock_view(now))
    return answer(clock_view(now) | {"passed": passed.day.isoformat(), "systems": list(passed.systems)})
