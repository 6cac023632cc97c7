"""The messages about reproduction bundles."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from lkc.world.fields import Anything
from lkc.world.names import FORM

SINCE = re.compile(r"^(origin|checkpoint:[0-9]{1,3}|snapshot:[a-z0-9][a-z0-9-]{0,62})$")
HEX = "8f1c2ab0-12"


class SinceSchema(Schema):
    """Where a bundle begins."""

    since = fields.String(
        validate=validate.Regexp(SINCE, error="Must be origin, checkpoint:N or snapshot:NAME."),
        metadata={
            "description": "`checkpoint:1` (the last one), `checkpoint:2` ..., `snapshot:NAME` or `origin`; by itself"
            " the last checkpoint, or the origin where there is none",
            "example": "checkpoint:1",
        },
    )


class ReplaySchema(Schema):
    """Where to play a bundle, and whether it must be answered as before."""

    world = Anything(
        metadata={
            "description": "name of the new world; by itself one is made up",
            "example": "the-case",
            "pattern": FORM,
        }
    )
    asserting = fields.Boolean(
        data_key="assert",
        load_default=False,
        truthy={"true"},
        falsy={"false"},
        metadata={"description": "whether to stop at the first answer that differs, with 417"},
    )


class ComparedAnswerSchema(Schema):
    """An answer as it is compared: without secrets, host and name of the world."""

    status = fields.Integer(
        allow_none=True, metadata={"description": "null where the connection was dropped", "example": 201}
    )
    location = fields.String(allow_none=True, metadata={"example": None})
    body = fields.String(allow_none=True, metadata={"description": "null where it is not compared", "example": "{}"})


class DifferentAnswerSchema(Schema):
    """A call that was answered otherwise."""

    number = fields.Integer(metadata={"description": "its place in the bundle, from 1", "example": 3})
    id = fields.String(metadata={"description": "of its entry in the journal", "example": HEX})
    method = fields.String(metadata={"example": "GET"})
    path = fields.String(metadata={"example": "/lkc/api/v1/orders"})
    query = fields.String(metadata={"example": ""})
    what = fields.String(metadata={"description": "what differs", "example": "409 instead of 201"})
    expected = fields.Nested(ComparedAnswerSchema)
    got = fields.Nested(ComparedAnswerSchema)
    difference = fields.List(
        fields.String(), metadata={"description": "of the bodies, line by line", "example": ["-old", "+new"]}
    )


class ReplayedSchema(Schema):
    """What came of a bundle's calls, and the world in which they were made."""

    answer_example: ClassVar[dict[str, Any]] = {
        "world": "the-case",
        "url": "http://127.0.0.1:8019/w/the-case",
        "since": "the checkpoint before clock advance",
        "calls": 5,
        "different": 0,
        "first": None,
        "left_out": 0,
        "saved_by": "1.0",
    }

    world = fields.String(metadata={"example": "the-case"})
    url = fields.String(metadata={"description": "where the world is", "example": "http://127.0.0.1:8019/w/the-case"})
    since = fields.String(metadata={"description": "the moment at which the bundle begins", "example": "the origin"})
    calls = fields.Integer(metadata={"description": "how many were made", "example": 5})
    different = fields.Integer(metadata={"description": "how many of them were answered otherwise", "example": 0})
    first = fields.Nested(DifferentAnswerSchema, allow_none=True)
    left_out = fields.Integer(
        metadata={
            "description": "looks at pages by who had signed in before the bundle begins, which it does not hold",
            "example": 0,
        }
    )
    saved_by = fields.String(metadata={"description": "the version that saved the bundle", "example": "1.0"})
