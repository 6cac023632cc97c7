"""The messages about the journal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from lkc.control.schemas import MAX_PAGE
from lkc.world.fields import Anything, Count, Moment, Text

MOST_CALLS = 1_000_000
JSON_HEADERS = {"content-type": "application/json"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "*")

_PATH = re.compile(r"/[^?#]*\Z")


class RequestSearchSchema(Schema):
    """Which exchanges to list."""

    system = fields.String(metadata={"description": "`control` lists the calls of /_sim, which are left out else"})
    method = fields.String()
    path = fields.String(metadata={"description": "what it begins with; with *, ** or {name} the whole of it"})
    status = fields.Integer(metadata={"example": 409})
    since = Moment(metadata={"description": "real time, as in the entries", "example": "2026-01-31T09:00:00Z"})
    after = Anything(metadata={"description": "only what came after the exchange with this id, from there on"})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, MAX_PAGE))


class MessageSchema(Schema):
    """A request or an answer, as far as it is kept; secrets are `***`."""

    headers = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"example": JSON_HEADERS})
    body = fields.Raw(
        allow_none=True, metadata={"description": "JSON as its value, else text; null where it is not kept"}
    )
    bytes = fields.Integer(metadata={"description": "how long the body was", "sometimes": True, "example": 212})
    whole = fields.Boolean(metadata={"description": "whether all of the body is kept", "sometimes": True})
    streamed = fields.Boolean(metadata={"description": "it has no length, and was not looked at", "sometimes": True})


class RequestSchema(Schema):
    """An exchange of the journal."""

    id = fields.String(metadata={"example": "8f1c2ab04d5e6f70"})
    at = fields.String(metadata={"description": "real time"})
    request_id = fields.String(metadata={"description": "calls from within bear that of the call that led to them"})
    nested = fields.Boolean(metadata={"description": "whether it came from within the simulator"})
    system = fields.String()
    method = fields.String()
    path = fields.String()
    query = fields.String()
    status = fields.Integer(
        allow_none=True, metadata={"description": "null where the connection was dropped", "example": 201}
    )
    micros = fields.Integer(metadata={"description": "how long it took, in microseconds"})
    faults = fields.List(fields.String())
    request = fields.Nested(MessageSchema)
    response = fields.Nested(MessageSchema)


class ExpectationSchema(Schema):
    """What must have been called, and how often; without a number, at least once."""

    method = fields.String(required=True, validate=validate.OneOf(METHODS))
    path = Text(
        required=True,
        longest=2000,
        metadata={"description": "below the world; * is one step, ** any number, {name} one step", "example": "/a/*/b"},
    )
    system = fields.String()
    query = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"example": {"submit": "true"}})
    headers = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "`*` is any value", "example": JSON_HEADERS},
    )
    body = fields.Raw(
        metadata={
            "description": "JSON that must be part of the body, but null; of a text a part of it",
            "type": ["object", "array", "string", "number", "boolean"],
        }
    )
    status = Count(100, 599, metadata={"example": 201})
    since = Moment(metadata={"description": "real time"})
    times = Count(0, MOST_CALLS, metadata={"example": 1})
    at_least = Count(0, MOST_CALLS, metadata={"example": 1})
    at_most = Count(0, MOST_CALLS, metadata={"example": 1})

    @validates_schema
    def can_be_met(self, values: Mapping[str, Any], **_: Any) -> None:
        """Numbers that contradict each other, and paths that no entry has, would never be met."""
        mistakes = {}
        if "times" in values and values.keys() & {"at_least", "at_most"}:
            mistakes["times"] = ["Give times, or at_least and at_most."]
        if values.get("at_least", 0) > values.get("at_most", MOST_CALLS):
            mistakes["at_most"] = ["Must not be less than at_least."]
        if _PATH.match(values["path"]) is None:
            mistakes["path"] = ["Give the path below the world, beginning with /; what follows a ? goes into query."]
        elif values["path"].startswith("/w/"):
            mistakes["path"] = ["Leave the world out (/w/NAME): the journal of one world is asked."]
        if mistakes:
            raise ValidationError(mistakes)


class VerifiedSchema(Schema):
    """That it was called so often."""

    count = fields.Integer(metadata={"example": 1})
