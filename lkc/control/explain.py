"""Asking why something is as it is."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, fields

from lkc.control.doors import CONTROL, guard
from lkc.explain.asked import SubjectSchema
from lkc.world.hold import current_hold
from lkc.world.rest import Blueprint, answer
from lkc.world.session import Access

blueprint = Blueprint("explain", __name__, url_prefix="/_sim", description="Why something is as it is", callers=CONTROL)
blueprint.before_request(guard)


class EvidenceSchema(Schema):
    """A fact that a system states."""

    system = fields.String()
    fact = fields.String()
    request_id = fields.String(
        metadata={"description": "the exchange that caused it, where it is on record", "sometimes": True}
    )


class ActionSchema(Schema):
    """A call that makes the finding go away."""

    method = fields.String()
    path = fields.String(metadata={"description": "within the world"})
    body = fields.Dict(allow_none=True, metadata={"example": {}})
    as_ = fields.String(data_key="as", metadata={"description": "producer, member or nobody", "example": "producer"})


class RemedySchema(Schema):
    """What helps."""

    text = fields.String()
    action = fields.Nested(ActionSchema, allow_none=True)


class FindingSchema(Schema):
    """One cause, or, where nothing is wrong, why things are as they are."""

    question = fields.Integer(metadata={"description": "of the documented support questions (1-19)"})
    code = fields.String()
    statement = fields.String()
    evidence = fields.List(fields.Nested(EvidenceSchema))
    remedy = fields.Nested(RemedySchema)


class ExplanationSchema(Schema):
    """Everything that explains what is seen, in the order in which a support engineer would look."""

    findings = fields.List(fields.Nested(FindingSchema))


SUBJECT = SubjectSchema()


@blueprint.route("/explain", methods=["POST"])
@blueprint.arguments(SUBJECT)
@blueprint.response(200, ExplanationSchema)
@blueprint.refuses("lkc.explain.refusals:NothingKnown", "lkc.explain.refusals:NotConnected")
def explain_subject(body: dict[str, Any]) -> Response:
    """Every cause that explains what is seen of a person, order, account, license, token, installation or mail."""
    from lkc.explain.case import Subject  # noqa: PLC0415 - 30 modules that the start need not load
    from lkc.explain.explaining import explain  # noqa: PLC0415 - likewise

    with current_hold().transaction(Access.READ) as world:
        findings = explain(world, Subject(**body))
    return answer({"findings": [finding.view() for finding in findings]})
