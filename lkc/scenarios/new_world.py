"""The message that asks for a new world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from lkc.scenarios.beginnings import SNAPSHOT, WORLD
from lkc.world.clock import Mode
from lkc.world.fields import Anything, Count, Moment
from lkc.world.names import FORM

LARGEST_SEED = 2**53


class NewWorldSchema(Schema):
    """A world that is to be made."""

    name = Anything(metadata={"example": "acme", "pattern": FORM})
    source = Anything(data_key="from", metadata={"example": "demo"})
    seed = Count(0, LARGEST_SEED)
    at = Moment(
        metadata={
            "description": "what the clock shows at first; an arranged case that goes on to a later moment than its own"
            " may find more causes, such as a service that has lapsed meanwhile, and its play says so by `ok: false`"
        }
    )
    mode = fields.Enum(Mode, by_value=True, data_key="clock")

    @validates_schema
    def copies_bring_their_own(self, values: Mapping[str, Any], **_: Any) -> None:
        """A copy of a world, or of a snapshot, has the seed and clock of that."""
        if values.get("source", "").startswith((WORLD, SNAPSHOT)):
            given = sorted(values.keys() & {"seed", "at", "mode"})
            if given:
                names = [self.fields[name].data_key or name for name in given]
                raise ValidationError({name: ["A copy has the seed and the clock of its original."] for name in names})
