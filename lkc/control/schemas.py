"""The messages of the controls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from lkc.scenarios.beginnings import WORLD
from lkc.world.clock import Clock, Mode, stamp, to_micros
from lkc.world.faults import FaultKind, FaultOrder
from lkc.world.fields import Anything, EmailAddress, Moment, RowNumber, Text
from lkc.world.refusals import Invalid
from lkc.world.system import current_systems

MAX_PAGE = 1000
LARGEST_SEED = 2**53
LONGEST_DELAY = 60 * 24 * 3650
MAX_COUNT = 1_000_000


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


class ClockChangeSchema(Schema):
    """What a clock is to show, or whether it is to run."""

    example: ClassVar[dict[str, Any]] = {"now": "2015-01-01T00:00:00Z", "mode": "frozen"}

    now = Moment()
    mode = fields.Enum(Mode, by_value=True)


class AdvanceSchema(Schema):
    """How far a clock is to go on: by a time, to a moment, or to the next expiry."""

    example: ClassVar[dict[str, Any]] = {"days": 1}

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


class NewWorldSchema(Schema):
    """A world that is to be made."""

    name = Anything(metadata={"example": "acme"})
    source = Anything(data_key="from", metadata={"example": "demo"})
    seed = fields.Integer(strict=True, validate=validate.Range(0, LARGEST_SEED))
    at = Moment()
    mode = fields.Enum(Mode, by_value=True, data_key="clock")

    @validates_schema
    def copies_bring_their_own(self, values: Mapping[str, Any], **_: Any) -> None:
        """A copy of a world has that world's seed and clock."""
        if values.get("source", "").startswith(WORLD):
            given = sorted(values.keys() & {"seed", "at", "mode"})
            if given:
                names = [self.fields[name].data_key or name for name in given]
                raise ValidationError({name: ["A copy has the seed and the clock of its original."] for name in names})


class ForkSchema(Schema):
    """The name of a copy."""

    name = Anything(metadata={"example": "acme-copy"})


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


class FaultSchema(Schema):
    """A fault that is to act."""

    example: ClassVar[dict[str, Any]] = {"kind": "mail-bounce", "to": "ann@acme.example", "times": 1}

    system = Anything(metadata={"description": "where it acts; follows from the kind"})
    operation = Text(allow_none=True, longest=80)
    kind = fields.String(required=True, metadata={"example": "mail-bounce"})
    to = Anything(metadata={"description": "the address of a mail, or `keycenter` or `onetrust` for a feed"})
    minutes = fields.Float(validate=validate.Range(0, LONGEST_DELAY))
    times = fields.Integer(strict=True, validate=validate.Range(1, MAX_COUNT))
    every = fields.Integer(strict=True, validate=validate.Range(1, MAX_COUNT))
    probability = fields.Float(validate=validate.Range(0, 1))
    until = Moment(metadata={"description": "it acts no longer after this moment of the world"})

    @validates_schema
    def fits_its_kind(self, values: Mapping[str, Any], **_: Any) -> None:
        """Each kind has settings of its own."""
        kinds = {kind.name: (system.id, kind) for system in current_systems() for kind in system.faults}
        if values["kind"] not in kinds:
            raise ValidationError({"kind": [f"Must be one of: {', '.join(sorted(kinds))}."]})
        system, kind = kinds[values["kind"]]
        given = values.keys() & {"to", "minutes"}
        mistakes = {name: [f"{kind.name} needs it."] for name in sorted(kind.needed - given)}
        unknown = given - kind.needed - kind.allowed
        mistakes |= {name: [f"{kind.name} knows no such setting."] for name in sorted(unknown)}
        if values.get("system", system) != system:
            mistakes["system"] = [f"{kind.name} acts in {system}."]
        if values.get("operation") is not None:
            mistakes["operation"] = [f"{kind.name} acts in every operation of {system}; leave it out."]
        if "to" in values:
            mistakes |= _mistake_in_target(kind, values["to"])
        if mistakes:
            raise ValidationError(mistakes)


def _mistake_in_target(kind: FaultKind, target: str) -> dict[str, list[str]]:
    if kind.targets:
        return {} if target in kind.targets else {"to": [f"Must be one of: {', '.join(kind.targets)}."]}
    try:
        EmailAddress().deserialize(target)
    except ValidationError:
        return {"to": ["Not a valid email address."]}
    return {}


def fault_order(values: Mapping[str, Any], clock: Clock) -> FaultOrder:
    """A fault order from the values of a checked message. Raises Invalid for one that is over by the world's clock."""
    if "until" in values and values["until"] < clock.now():
        message = f"must not be over: the world's clock shows {clock.stamp()}"
        raise Invalid({"field": "until", "message": message, "received": stamp(values["until"])})
    [system] = [system.id for system in current_systems() for kind in system.faults if kind.name == values["kind"]]
    return FaultOrder(
        system=system,
        operation=values.get("operation"),
        kind=values["kind"],
        times=values.get("times"),
        every=values.get("every"),
        probability=values.get("probability"),
        until=to_micros(values["until"]) if "until" in values else None,
        settings={name: values[name] for name in ("to", "minutes") if name in values},
    )


class FaultAnswerSchema(FaultSchema):
    """A fault on order."""

    to = Anything(metadata={"description": "as ordered", "sometimes": True})
    minutes = fields.Float(metadata={"description": "as ordered", "sometimes": True})
    times = fields.Integer(allow_none=True)
    every = fields.Integer(allow_none=True)
    probability = fields.Float(allow_none=True)
    until = Moment(allow_none=True)
    id = fields.Integer()
    met = fields.Integer(metadata={"description": "occasions that fitted"})
    injected = fields.Integer(metadata={"description": "occasions on which it acted"})


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


class RequestSearchSchema(Schema):
    """Which exchanges to list."""

    system = Anything()
    path = Anything(metadata={"description": "the beginning of the path"})
    status = fields.Integer(metadata={"example": 409})
    since = Moment(metadata={"description": "real time, as in the entries", "example": "2026-01-31T09:00:00Z"})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, MAX_PAGE))


class RequestSchema(Schema):
    """An exchange of the journal."""

    at = fields.String(metadata={"description": "real time"})
    request_id = fields.String()
    system = fields.String()
    method = fields.String()
    path = fields.String()
    query = fields.String()
    status = fields.Integer(metadata={"example": 201})
    micros = fields.Integer(metadata={"description": "how long it took, in microseconds"})
    faults = fields.List(fields.String())


class HealthSchema(Schema):
    """Whether the simulator serves."""

    status = fields.String(metadata={"example": "ok"})
    version = fields.String(metadata={"example": "1.0.0"})
    world = fields.String()
    clock = fields.Nested(ClockSchema)
    systems = fields.List(fields.String())
