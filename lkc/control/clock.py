"""The clock of a world: showing it, setting it, letting it go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

from flask import Response

from lkc.control.doors import guard
from lkc.control.schemas import AdvanceSchema, ClockChangeSchema, ClockSchema
from lkc.world.clock import LATEST, Clock
from lkc.world.hold import current_hold, current_world
from lkc.world.refusals import Refused
from lkc.world.rest import Blueprint, answer
from lkc.world.session import WorldSession
from lkc.world.system import current_systems

blueprint = Blueprint("clock", __name__, url_prefix="/_sim/clock", description="The world's clock")
blueprint.before_request(guard)

CHANGE, ADVANCE = ClockChangeSchema(), AdvanceSchema()


class NothingExpires(Refused):
    """There is no date ahead at which something expires."""

    code = "nothing-expires"
    remedy = "Go on by a duration, or to a moment."


@blueprint.route("", methods=["GET"])
@blueprint.response(200, ClockSchema)
def show_clock() -> Response:
    """What the clock shows."""
    return answer(clock_view(current_world().clock))


@blueprint.route("", methods=["PUT"])
@blueprint.arguments(CHANGE)
@blueprint.response(200, ClockSchema)
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
@blueprint.response(200, ClockSchema)
def advance_clock(body: dict[str, Any]) -> Response:
    """Lets the clock go on: by a duration, to a moment, or until the next date has passed."""
    world = current_world()
    if "to" in body:
        world.clock.set(body["to"])
    elif "to_next" in body:
        world.clock.set(_after_next_expiry(world))
    else:
        world.clock.advance(timedelta(**body))
    return _changed(world)


def clock_view(clock: Clock) -> dict[str, str]:
    """A clock as it is answered."""
    return {"now": clock.stamp(), "mode": clock.mode.value}


def _changed(world: WorldSession) -> Response:
    """The answer to a change of the clock; what came due on the way is done before the change is told."""
    current_hold().do_due()
    view = clock_view(world.clock)
    world.record("world", "clock-changed", f"The clock shows {view['now']} and is {view['mode']}.", **view)
    return answer(view)


def _after_next_expiry(world: WorldSession) -> datetime:
    """The beginning of the day after the first date ahead: a date has passed when its day is over."""
    yesterday = world.clock.today() - timedelta(days=1)
    days = [system.next_expiry(world, yesterday) for system in current_systems() if system.next_expiry is not None]
    found = [day for day in days if day is not None and day < LATEST.date()]
    if not found:
        raise NothingExpires("No date that the clock can reach lies ahead at which something of this world expires.")
    return datetime.combine(min(found) + timedelta(days=1), time_of_day(), UTC)
