"""The messages of the controls."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from lkc.world.clock import Mode
from lkc.world.fields import Anything, RowNumber
from lkc.world.names import FORM

MAX_PAGE = 1000


class ClockSchema(Schema):
    """What a clock shows."""

    now = fields.String()
    mode = fields.Enum(Mode, by_value=True)


class AdvancedSchema(ClockSchema):
    """What a clock shows after it went on."""

    passed = fields.Date(metadata={"description": "with `to_next`: the date that has passed", "sometimes": True})
    systems = fields.List(
        fields.String(), metadata={"description": "with `to_next`: where it stands", "sometimes": True}
    )


class ForkSchema(Schema):
    """The name of a copy."""

    name = Anything(metadata={"example": "acme-copy", "pattern": FORM})


class WorldSchema(Schema):
    """A world."""

    name = fields.String()
    url = fields.String()
    from_ = fields.String(data_key="from")
    seed = fields.Integer()
    clock = fields.Nested(ClockSchema)


class ChangeSchema(Schema):
    """A difference between two worlds."""

    system = fields.String(metadata={"example": "keycenter"})
    what = fields.String(metadata={"example": "license L-17"})
    before = fields.Raw(
        allow_none=True,
        metadata={"description": "what the first world has; null for nothing", "example": {"status": "not-generated"}},
    )
    after = fields.Raw(
        allow_none=True,
        metadata={"description": "what the second world has; null for nothing", "example": {"status": "generated"}},
    )
    text = fields.String(metadata={"example": "license L-17 generated"})


class DifferenceSchema(Schema):
    """The differences between two worlds."""

    changes = fields.List(fields.Nested(ChangeSchema))
    left_out = fields.Integer(metadata={"description": "how many more there are than are listed", "example": 0})


class EventPageSchema(Schema):
    """Which events to list."""

    after = RowNumber(load_default=0, metadata={"example": 17})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, MAX_PAGE))


class EventSchema(Schema):
    """Something that happened."""

    id = fields.Integer()
    at = fields.String(metadata={"description": "by the world's clock"})
    system = fields.String()
    kind = fields.String(metadata={"example": "order-booked"})
    text = fields.String()
    subject = fields.Dict(
        metadata={"description": "the business keys involved", "example": {"order_number": "0005283"}}
    )
    request_id = fields.String(metadata={"description": "the exchange that caused it"})


class RelaySchema(Schema):
    """What became of mails that are also sent to an SMTP server, since the start and in all serving processes."""

    server = fields.String(metadata={"example": "localhost:1025"})
    relayed = fields.Integer(metadata={"description": "The server took them.", "example": 12})
    waiting = fields.Integer(metadata={"description": "Their turn is to come.", "example": 0})
    refused = fields.Integer(metadata={"description": "The server did not take them.", "example": 0})
    dropped = fields.Integer(metadata={"description": "More than 1,000 waited already.", "example": 0})
    gone = fields.Integer(
        metadata={"description": "Deleted, or their world led elsewhere, before their turn came.", "example": 0}
    )
    withheld = fields.Integer(
        metadata={"description": "Not to .example, .test or .localhost, so never relayed.", "example": 1}
    )
    trouble = fields.String(
        allow_none=True,
        metadata={"description": "Why the server cannot be reached now, or null.", "example": "Connection refused"},
    )


class HealthSchema(Schema):
    """Whether the simulator serves."""

    status = fields.String(metadata={"example": "ok"})
    version = fields.String(metadata={"example": "1.0.0"})
    world = fields.String()
    clock = fields.Nested(ClockSchema)
    systems = fields.List(fields.String())
    smtp = fields.Nested(RelaySchema, metadata={"description": "Only with `lkc start --smtp`.", "sometimes": True})
