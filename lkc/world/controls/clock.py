"""The clock of a world: setting it, freezing it, letting it go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from lkc.world.clock import Clock, Mode
from lkc.world.expiry import Expiry, next_expiry
from lkc.world.fields import Moment
from lkc.world.hold import Hold
from lkc.world.session import WorldSession
from lkc.world.snapshots import checkpoint
from lkc.world.system import current_systems


class ClockChangeSchema(Schema):
    """What a clock is to show, or whether it is to run."""

    example: ClassVar[dict[str, Any]] = {"now": "2015-01-01T00:00:00Z", "mode": "frozen"}

    now = Moment()
    mode = fields.Enum(Mode, by_value=True)


class AdvanceSchema(Schema):
    """How far a clock is to go on: by a time, to a moment, or to the next expiry."""

    example: ClassVar[dict[str, Any]] = {"days": 1}
    keywords: ClassVar[dict[str, Any]] = {
        "oneOf": [
            {"anyOf": [{"required": [unit]} for unit in ("days", "hours", "minutes", "seconds")]},
            {"required": ["to"]},
            {"required": ["to_next"]},
        ]
    }

    days = fields.Float(validate=validate.Range(0, 80_000))
    hours = fields.Float(validate=validate.Range(0, 2_000_000))
    minutes = fields.Float(validate=validate.Range(0, 100_000_000))
    seconds = fields.Float(validate=validate.Range(0, 6_000_000_000))
    to = Moment()
    to_next = fields.String(validate=validate.OneOf(["expiry"]))

    @validates_schema
    def one_way(self, values: Mapping[str, Any], **_: Any) -> None:
        """A duration, `to` or `to_next`: exactly one of them."""
        ways = [
            bool(values.keys() & {"days", "hours", "minutes", "seconds"}),
            "to" in values,
            "to_next" in values,
        ]
        if sum(ways) != 1:
            raise ValidationError("Give a duration (days, hours, minutes, seconds), or to, or to_next.")


def set_clock(hold: Hold, wanted: Mapping[str, Any]) -> Clock:
    """Sets the clock to a later moment (`now`), freezes it or lets it run (`mode`). Raises ClockBackwards."""
    world = hold.session
    if "now" in wanted:
        world.clock.set(wanted["now"])
    checkpoint(world, "clock change")
    if "mode" in wanted:
        world.clock.switch(wanted["mode"])
    return _changed(hold, world)


def advance_clock(hold: Hold, wanted: Mapping[str, Any]) -> tuple[Clock, Expiry | None]:
    """Lets the clock go on: by a duration, `to` a moment, or `to_next` expiry; gives the date that has passed then.

    Raises ClockBackwards or NothingExpires.
    """
    world, passed = hold.session, None
    if "to" in wanted:
        world.clock.set(wanted["to"])
    elif "to_next" in wanted:
        passed = next_expiry(world, current_systems())
        world.clock.set(passed.is_over)
    else:
        world.clock.advance(timedelta(**wanted))
    checkpoint(world, "clock advance")
    return _changed(hold, world), passed


def clock_view(clock: Clock) -> dict[str, str]:
    """A clock as it is told of."""
    return {"now": clock.stamp(), "mode": clock.mode.value}


def _changed(hold: Hold, world: WorldSession) -> Clock:
    """What came due on the way is done before the change is told."""
    hold.do_due()
    view = clock_view(world.clock)
    world.record("world", "clock-changed", f"The clock shows {view['now']} and is {view['mode']}.", **view)
    return world.clock
