"""The documented questions as cases: listing, arranging and playing them."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from lkc.control.doors import CONTROL, guard
from lkc.scenarios.acting import Act, case_of, is_in_work
from lkc.scenarios.cases import PHASES, Case, Question, find_case, find_question, questions
from lkc.scenarios.refusals import (
    AlreadyPlayed,
    CannotArrange,
    PlayInterrupted,
    UnknownCase,
    UnknownQuestion,
    WorldNotEmpty,
)
from lkc.scenarios.staging import stage_for
from lkc.scenarios.standing import Standing
from lkc.scenarios.telling import without_places
from lkc.world.hold import current_hold, current_world
from lkc.world.refusals import WorldReplaced
from lkc.world.rest import Blueprint, answer

FORMS = {"question": ("^[0-9]{1,2}$", "13"), "case": ("^[a-z0-9-]+$", "date-format")}

blueprint = Blueprint(
    "scenarios",
    __name__,
    url_prefix="/_sim/scenarios",
    description="Documented questions as cases",
    callers=CONTROL,
    path_forms=FORMS,
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


class SavingSchema(Schema):
    """A GET that saves a file."""

    path = fields.String(metadata={"example": "/lkc/api/v1/licenses/L-1/file?format=isslicense"})
    caller = fields.String(metadata={"description": "as with the call", "example": "liis.tamm@tallinn-sadam.example"})
    password = fields.String(allow_none=True, metadata={"example": "polarlicht"})


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
    saved_by = fields.Nested(
        SavingSchema,
        allow_none=True,
        metadata={"description": "what saves the file that was sent; null where a call before it has done so"},
    )
    content = fields.String(
        allow_none=True, metadata={"description": "the text that was sent as a file, such as a mail", "example": None}
    )


class PlayedStepSchema(StepSchema):
    """A step that was played."""

    ok = fields.Boolean(metadata={"description": "whether the answer was as the case expects it"})
    calls = fields.List(fields.String(), metadata={"description": "the calls that were made"})
    requests = fields.List(fields.Nested(MadeCallSchema), metadata={"description": "the same, to be made again"})
    seen = fields.String(metadata={"description": "what came back, or what was not as expected"})


class PlayedSchema(Schema):
    """What was played."""

    ok = fields.Boolean(
        metadata={
            "description": "whether every step was answered as the case expects; later than it, more may be found"
        }
    )
    steps = fields.List(fields.Nested(PlayedStepSchema))


class CaseHereSchema(CaseSchema):
    """The case of a world."""

    question = fields.Integer(metadata={"example": 13})
    customer = fields.String(metadata={"description": "what the customer says", "example": "Generate is refused."})
    page = fields.String(
        allow_none=True,
        metadata={"description": "where the customer sees it; null before it is arranged", "example": "/lkc/login"},
    )
    person = fields.String(
        allow_none=True,
        metadata={"description": "who signs in there; null where nobody does", "example": "ann@acme.example"},
    )
    password = fields.String(
        allow_none=True, metadata={"description": "of that address in this world", "example": "polarlicht"}
    )


class HereSchema(Schema):
    """The case of a world, and how far it is."""

    case = fields.Nested(CaseHereSchema, allow_none=True, metadata={"description": "null where there is none"})
    phase = fields.String(
        allow_none=True,
        metadata={"description": "the last that is done: arrange, symptom, remedy or outcome", "example": "symptom"},
    )
    ahead = fields.List(
        fields.String(metadata={"example": "remedy"}), metadata={"description": "the phases that are left to play"}
    )
    doing = fields.String(
        allow_none=True,
        metadata={"description": "arrange or play, while that is not at its end", "example": "play"},
    )
    interrupted = fields.Boolean(
        metadata={"description": "whether nobody does it any more: it was killed halfway", "example": False}
    )
    failed = fields.Integer(
        metadata={
            "description": "how many steps so far were not answered as the case expects, as where a"
            " world begins later than its case, and more causes are found",
            "example": 0,
        }
    )


PLAY = PlaySchema()


@blueprint.route("", methods=["GET"])
@blueprint.response(200, QuestionSchema, many=True)
def list_scenarios() -> Response:
    """All 19 questions with their cases."""
    return answer([_question_view(question) for question in questions()])


@blueprint.route("/here", methods=["GET"])
@blueprint.response(200, HereSchema)
def show_standing() -> Response:
    """Which case is arranged in this world, and how far it is played."""
    world = current_world()
    case, standing = case_of(world)
    if standing is None:
        return answer({"case": None, "phase": None, "ahead": [], "doing": None, "interrupted": False, "failed": 0})
    is_left = bool(standing.doing) and not is_in_work(current_hold().store, world, standing)
    view = None if case is None else _view_here(case, standing)
    return answer(
        {
            "case": view or {"id": standing.case_id},
            "phase": standing.phase or None,
            "ahead": standing.ahead,
            "doing": standing.doing or None,
            "interrupted": is_left,
            "failed": standing.failed,
        }
    )


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
@blueprint.refuses(UnknownCase, WorldNotEmpty, PlayInterrupted, CannotArrange, WorldReplaced)
def arrange_case(question: str, case: str) -> Response:
    """Brings about what a case begins with, in an untouched world; where that fails, the world is as before."""
    found = find_case(f"{question}/{case}")
    return answer({"ok": True, "steps": Act(current_hold(), found, stage_for).arrange()})


@blueprint.route("/<question>/<case>/play", methods=["POST"])
@blueprint.arguments(PLAY)
@blueprint.response(200, PlayedSchema)
@blueprint.refuses(UnknownCase, WorldNotEmpty, AlreadyPlayed, PlayInterrupted, CannotArrange, WorldReplaced)
def play_case(body: dict[str, Any], question: str, case: str) -> Response:
    """Plays a case from where it stands up to a phase, that one included; an untouched world is arranged before.

    The answer tells the steps that this call has played.
    """
    found = find_case(f"{question}/{case}")
    steps = Act(current_hold(), found, stage_for).play(body["until"])
    return answer({"ok": all(step["ok"] for step in steps), "steps": steps})


def _question_view(question: Question) -> dict[str, Any]:
    cases = [_case_view(case) for case in question.cases]
    return {"question": question.number, "title": question.title, "slug": question.slug, "cases": cases}


def _view_here(case: Case, standing: Standing) -> dict[str, Any]:
    where = {
        "page": case.page_with(standing.kept),
        "person": case.person or None,
        "password": standing.passwords.get(case.person),
    }
    return {**_case_view(case), "question": case.question, "customer": case.customer, **where}


def _case_view(case: Case) -> dict[str, str]:
    return {"id": case.id, "title": case.title}
