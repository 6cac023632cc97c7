"""The documented questions as cases: listing, arranging and playing them."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app
from marshmallow import Schema, fields, validate

from lkc.control.doors import ADMIN_TOKEN_KEY, CONTROL, guard
from lkc.scenarios.cases import PHASES, Case, Question, find_case, find_question, questions
from lkc.scenarios.playing import arrange, play, prepare
from lkc.scenarios.refusals import CannotArrange, UnknownCase, UnknownQuestion, WorldNotEmpty
from lkc.scenarios.stage import Stage
from lkc.scenarios.telling import without_places
from lkc.world.credentials import PRODUCER_KEY
from lkc.world.hold import current_hold
from lkc.world.nested import Application
from lkc.world.refusals import WorldReplaced
from lkc.world.rest import Blueprint, answer

APPLICATION_KEY = "LKC_APPLICATION"

blueprint = Blueprint(
    "scenarios", __name__, url_prefix="/_sim/scenarios", description="Documented questions as cases", callers=CONTROL
)
blueprint.before_request(guard)


class CaseSchema(Schema):
    """A case of a question."""

    id = fields.String(metadata={"example": "13/date-format"})
    title = fields.String()


class QuestionSchema(Schema):
    """A documented question."""

    question = fields.Integer()
    title = fields.String()
    slug = fields.String()
    cases = fields.List(fields.Nested(CaseSchema))


class WholeQuestionSchema(QuestionSchema):
    """A documented question with its page."""

    page = fields.Dict(metadata={"description": "its texts by heading"})


class StepSchema(Schema):
    """A step of a case."""

    phase = fields.String()
    verb = fields.String()
    text = fields.String(metadata={"description": "what happens, as a sentence"})


class WholeCaseSchema(CaseSchema):
    """A case with its texts and steps."""

    question = fields.Integer()
    at = fields.String(metadata={"description": "what the clock shows at first"})
    customer = fields.String(metadata={"description": "what the customer says"})
    page = fields.Dict(metadata={"description": "the texts of its question by heading"})
    steps = fields.List(fields.Nested(StepSchema))


class PlaySchema(Schema):
    """How far to play."""

    until = fields.String(
        load_default=PHASES[-1], validate=validate.OneOf(PHASES[1:]), metadata={"example": PHASES[-1]}
    )


class MadeCallSchema(Schema):
    """A call that was made, with what is needed to make it again."""

    method = fields.String()
    path = fields.String(metadata={"description": "within the world"})
    body = fields.Raw(allow_none=True)
    file = fields.String(allow_none=True, metadata={"description": "a name for the file that was sent or came back"})
    caller = fields.String(metadata={"description": "producer, nobody, control, or an address", "example": "producer"})
    password = fields.String(
        allow_none=True, metadata={"description": "of that address in this world", "example": None}
    )


class PlayedStepSchema(StepSchema):
    """A step that was played."""

    ok = fields.Boolean(metadata={"description": "whether the answer was as the case expects it"})
    calls = fields.List(fields.String(), metadata={"description": "the calls that were made"})
    requests = fields.List(fields.Nested(MadeCallSchema), metadata={"description": "the same, to be made again"})
    seen = fields.String(metadata={"description": "what came back, or what was not as expected"})


class PlayedSchema(Schema):
    """What was played."""

    ok = fields.Boolean()
    steps = fields.List(fields.Nested(PlayedStepSchema))


PLAY = PlaySchema()


@blueprint.route("", methods=["GET"])
@blueprint.response(200, QuestionSchema, many=True)
def list_scenarios() -> Response:
    """All 19 questions with their cases."""
    return answer([_question_view(question) for question in questions()])


@blueprint.route("/<question>", methods=["GET"])
@blueprint.response(200, WholeQuestionSchema)
@blueprint.refuses(UnknownQuestion)
def show_question(question: str) -> Response:
    """One question, by its number: its page, and its cases."""
    found = find_question(question)
    return answer({**_question_view(found), "page": found.sections})


@blueprint.route("/<question>/<case>", methods=["GET"])
@blueprint.response(200, WholeCaseSchema)
@blueprint.refuses(UnknownCase)
def show_case(question: str, case: str) -> Response:
    """One case: what the customer says, and its steps."""
    found = find_case(f"{question}/{case}")
    page = next(one.sections for one in questions() if one.number == found.question)
    steps = [{"phase": step.phase, "verb": step.verb, "text": without_places(step.says)} for step in found.steps]
    head = {"question": found.question, "at": found.at.isoformat(), "customer": found.customer}
    return answer({**_case_view(found), **head, "page": page, "steps": steps})


@blueprint.route("/<question>/<case>/arrange", methods=["POST"])
@blueprint.response(200, PlayedSchema)
@blueprint.refuses(UnknownCase, WorldNotEmpty, CannotArrange, WorldReplaced)
def arrange_case(question: str, case: str) -> Response:
    """Brings about what a case begins with, in an untouched world."""
    found = find_case(f"{question}/{case}")
    steps = arrange(_prepared(found), found)
    return answer({"ok": True, "steps": steps})


@blueprint.route("/<question>/<case>/play", methods=["POST"])
@blueprint.arguments(PLAY)
@blueprint.response(200, PlayedSchema)
@blueprint.refuses(UnknownCase, WorldNotEmpty, CannotArrange, WorldReplaced)
def play_case(body: dict[str, Any], question: str, case: str) -> Response:
    """Plays a case in an untouched world: arrangement, symptom, remedy, outcome, or up to one of these."""
    found = find_case(f"{question}/{case}")
    steps = play(_prepared(found), found, body["until"])
    return answer({"ok": all(step["ok"] for step in steps), "steps": steps})


def stage_for(world: str) -> Stage:
    """The stage of a world within the landscape that answers this request."""
    application: Application = current_app.config[APPLICATION_KEY]
    return Stage(application, world, current_app.config[PRODUCER_KEY], current_app.config[ADMIN_TOKEN_KEY])


def _prepared(case: Case) -> Stage:
    """The stage of this world, whose clock is at the moment of the case where nothing has happened in it yet."""
    hold = current_hold()
    with hold.step() as world:
        prepare(world, case)
    return stage_for(hold.name)


def _question_view(question: Question) -> dict[str, Any]:
    cases = [_case_view(case) for case in question.cases]
    return {"question": question.number, "title": question.title, "slug": question.slug, "cases": cases}


def _case_view(case: Case) -> dict[str, str]:
    return {"id": case.id, "title": case.title}
