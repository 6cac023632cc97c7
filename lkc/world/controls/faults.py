"""Faults: the messages that order them, and making known that one was ordered or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask import current_app
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from lkc.world.clock import Clock, stamp, to_micros
from lkc.world.faults import FaultKind, FaultOrder, described, order, take_all_back, take_back
from lkc.world.fields import Anything, Count, EmailAddress, Flag, Moment, Text
from lkc.world.hold import Hold
from lkc.world.operations import current_operations
from lkc.world.refusals import Invalid
from lkc.world.session import Access
from lkc.world.system import current_systems
from lkc.world.wire_faults import ANY_SYSTEM, BOUNDS, KINDS, FaultBoard

BOARD_KEY = "LKC_FAULT_BOARD"
LONGEST_DELAY = 60 * 24 * 3650
MAX_COUNT = 1_000_000
SETTINGS = ("to", "minutes", "ms", "status", "retry_after", "close")


class FaultSchema(Schema):
    """A fault that is to act."""

    example: ClassVar[dict[str, Any]] = {"kind": "mail-bounce", "to": "ann@acme.example", "times": 1}

    system = Anything(
        metadata={"description": "where it acts, `*` for everywhere; for mails and feeds it follows from the kind"}
    )
    operation = Text(
        allow_none=True,
        longest=160,
        metadata={"description": "a name or `METHOD /path/{name}` of GET /_sim/faults/operations"},
    )
    kind = fields.String(required=True, metadata={"example": "mail-bounce"})
    to = Anything(metadata={"description": "the address of a mail, or `keycenter` or `onetrust` for a feed"})
    minutes = fields.Float(validate=validate.Range(0, LONGEST_DELAY))
    ms: fields.Integer = Count(*BOUNDS["ms"], metadata={"example": 250})
    status: fields.Integer = Count(*BOUNDS["status"], metadata={"example": 503})
    retry_after: fields.Integer = Count(
        *BOUNDS["retry_after"],
        metadata={"description": "seconds; 429 and 503: 1", "example": 30},
    )
    close: fields.Boolean = Flag(metadata={"description": "close the connection instead of answering 502"})
    times: fields.Integer = Count(1, MAX_COUNT)
    every: fields.Integer = Count(1, MAX_COUNT)
    probability = fields.Float(validate=validate.Range(0, 1))
    until = Moment(metadata={"description": "it acts no longer after this moment of the world"})

    @validates_schema
    def fits_its_kind(self, values: Mapping[str, Any], **_: Any) -> None:
        """Each kind has settings of its own."""
        kinds = {kind.name: (system.id, kind) for system in current_systems() for kind in system.faults}
        if values["kind"] not in {*kinds, *KINDS}:
            raise ValidationError({"kind": [f"Must be one of: {', '.join(sorted({*kinds, *KINDS}))}."]})
        if values["kind"] in KINDS:
            kind = KINDS[values["kind"]]
            mistakes = _mistakes_in_place(kind, values)
        else:
            system, kind = kinds[values["kind"]]
            mistakes = _mistakes_in_settled_place(kind, system, values)
        given = values.keys() & set(SETTINGS)
        mistakes |= {name: [f"{kind.name} needs it."] for name in sorted(kind.needed - given)}
        unknown = given - kind.needed - kind.allowed
        mistakes |= {name: [f"{kind.name} knows no such setting."] for name in sorted(unknown)}
        if mistakes:
            raise ValidationError(mistakes)


class FaultAnswerSchema(FaultSchema):
    """A fault on order."""

    answer_example: ClassVar[dict[str, Any]] = {
        "id": 1,
        "system": "mail",
        "operation": None,
        "kind": "mail-bounce",
        "to": "ann@acme.example",
        "times": 1,
        "every": None,
        "probability": None,
        "until": None,
        "met": 1,
        "injected": 1,
    }

    to = Anything(metadata={"description": "as ordered", "sometimes": True})
    minutes = fields.Float(metadata={"description": "as ordered", "sometimes": True})
    ms = fields.Integer(metadata={"description": "as ordered", "sometimes": True, "example": 250})
    status = fields.Integer(metadata={"description": "as ordered", "sometimes": True, "example": 503})
    retry_after = fields.Integer(metadata={"description": "as ordered", "sometimes": True, "example": 30})
    close = fields.Boolean(metadata={"description": "as ordered", "sometimes": True})
    times = fields.Integer(allow_none=True)
    every = fields.Integer(allow_none=True)
    probability = fields.Float(allow_none=True)
    until = Moment(allow_none=True)
    id = fields.Integer()
    met = fields.Integer(metadata={"description": "occasions that fitted"})
    injected = fields.Integer(metadata={"description": "occasions on which it acted"})


class FaultKindSchema(Schema):
    """Something that can go wrong on demand."""

    kind = fields.String(metadata={"example": "status"})
    systems = fields.List(fields.String(), metadata={"description": "where it can act"})
    needs = fields.List(fields.String(), metadata={"description": "settings that it must have", "example": ["status"]})
    takes = fields.List(fields.String(), metadata={"description": "further settings", "example": ["retry_after"]})


class OperationSearchSchema(Schema):
    """Whose operations to list."""

    system = Anything()


class OperationSchema(Schema):
    """Something that can be called."""

    system = fields.String()
    operation = fields.String(metadata={"example": "list_orders"})
    method = fields.String()
    path = fields.String(metadata={"example": "/ordering/api/v1/orders"})


def order_fault(hold: Hold, values: Mapping[str, Any]) -> dict[str, Any]:
    """Orders a fault, by the values of a checked message; it acts from now on. Raises Invalid as `fault_order` does."""
    with hold.transaction(Access.WRITE) as world:
        made = described(order(world, fault_order(values, world.clock)))
    _announce()
    return made


def take_fault_back(hold: Hold, fault_id: int) -> None:
    """Takes a fault back. Raises NoSuchFault."""
    with hold.transaction(Access.WRITE) as world:
        take_back(world, fault_id)
    _announce()


def take_faults_back(hold: Hold) -> None:
    """Takes all faults back."""
    with hold.transaction(Access.WRITE) as world:
        take_all_back(world)
    _announce()


def _announce() -> None:
    """Makes known what has been committed: until then others would look up what was before."""
    board: FaultBoard = current_app.config[BOARD_KEY]
    board.announce()


def fault_order(values: Mapping[str, Any], clock: Clock) -> FaultOrder:
    """A fault order from the values of a checked message. Raises Invalid for one that is over by the world's clock."""
    if "until" in values and values["until"] < clock.now():
        message = f"must not be over: the world's clock shows {clock.stamp()}"
        raise Invalid({"field": "until", "message": message, "received": stamp(values["until"])})
    owners = [system.id for system in current_systems() for kind in system.faults if kind.name == values["kind"]]
    return FaultOrder(
        system=owners[0] if owners else values["system"],
        operation=values.get("operation"),
        kind=values["kind"],
        times=values.get("times"),
        every=values.get("every"),
        probability=values.get("probability"),
        until=to_micros(values["until"]) if "until" in values else None,
        settings={name: values[name] for name in SETTINGS if name in values},
    )


def _mistakes_in_place(kind: FaultKind, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with system and operation of a fault of the wire, which may act anywhere."""
    systems = [system.id for system in current_systems()]
    system, operation = values.get("system"), values.get("operation")
    if system not in {*systems, ANY_SYSTEM}:
        needs = f"{kind.name} needs it: " if system is None else ""
        return {"system": [f"{needs}one of {', '.join(systems)}, or * for all of them."]}
    operations = current_operations()
    if operation is None or operations.known(system, operation):
        return {}
    near = operations.near(system, operation)
    hint = f"Did you mean {' or '.join(near)}?" if near else "GET /_sim/faults/operations lists them."
    return {"operation": [f"There is no such operation{'' if system == ANY_SYSTEM else f' in {system}'}. {hint}"]}


def _mistakes_in_settled_place(kind: FaultKind, system: str, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with system, operation and target of a fault whose place follows from its kind."""
    mistakes = {}
    if values.get("system", system) != system:
        mistakes["system"] = [f"{kind.name} acts in {system}."]
    if values.get("operation") is not None:
        mistakes["operation"] = [f"{kind.name} acts in every operation of {system}; leave it out."]
    if "to" in values:
        mistakes |= _mistake_in_target(kind, values["to"])
    return mistakes


def _mistake_in_target(kind: FaultKind, target: str) -> dict[str, list[str]]:
    if kind.targets:
        return {} if target in kind.targets else {"to": [f"Must be one of: {', '.join(kind.targets)}."]}
    try:
        EmailAddress().deserialize(target)
    except ValidationError:
        return {"to": ["Not a valid email address."]}
    return {}
