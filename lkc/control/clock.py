"""The clock of a world: showing it, setting it, letting it go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response

from lkc.control.doors import CONTROL, guard
from lkc.control.schemas import AdvancedSchema, AdvanceSchema, ClockChangeSchema, ClockSchema
from lkc.world.clock import Clock
from lkc.world.expiry import NothingExpires, next_expiry
from lkc.world.hold import current_hold, current_world
from lkc.world.refusals import ClockBackwards
from lkc.world.rest import Blueprint, answer
from lkc.world.session import WorldSession
from lkc.world.system import current_systems

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
    world = current_world()
    if "now" in body:
        world.clock.set(body["now"])
    if "mode" in body:
        world.clock.switch(body["mode"])
    return _changed(world)


@blueprint.route("/advance", methods=["POST"])
@blueprint.arguments(ADVANCE)
@blueprint.response(200, AdvancedSchema)
@blueprint.refuses(ClockBackwards, NothingExpires)
def advance_clock(body: dict[str, Any]) -> Response:
    """Lets the clock go on: by a duration, to a moment, or until the next date has passed."""
    world = current_world()
    if "to" in body:
        world.clock.set(body["to"])
    elif "to_next" in body:
        expiry = next_expiry(world, current_systems())
        world.clock.set(expiry.is_over)
        return _changed(world, passed=expiry.day.isoformat(), systems=list(expiry.systems))
    else:
        world.clock.advance(timedelta(**body))
    return _changed(world)


def clock_view(clock: Clock) -> dict[str, str]:
    """A clock as it is answered."""
    return {"now": clock.stamp(), "mode": clock.mode.value}


def _changed(world: WorldSession, **more: Any) -> Response:
    """The answer to a change of the clock; what came due on the way is done before the change is told."""
    current_hold().do_due()
    view = clock_view(world.clock)
    world.record("world", "clock-changed", f"The clock shows {view['now']} and is {view['mode']}.", **view)
    return answer({**view, **more})
