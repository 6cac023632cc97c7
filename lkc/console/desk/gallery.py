"""The documented questions: all of them to look through and to search, and the page of each."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from lkc.look.pages import show
from lkc.scenarios.cases import Question, find_question, questions
from lkc.scenarios.progress import Progress, progress_of
from lkc.scenarios.themes import THEMES
from lkc.world.hold import current_world

SAYS = "What the customer says"
PHASE_WORDS = {"arrange": "arranged", "symptom": "symptom seen", "remedy": "remedy applied", "outcome": "played whole"}
LONGEST_SEARCH = 100


def questions_page() -> Response:
    """All questions by theme, or those in whose texts and cases every word that is looked for stands."""
    wanted = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    words = wanted.lower().split()
    found = [one for one in questions() if all(word in _text_of(one) for word in words)]
    themes = [(title, [one for one in found if one.number in numbers]) for title, numbers in THEMES]
    return show(
        "console/questions.html",
        q=wanted,
        themes=[(title, some) for title, some in themes if some],
        count=len(found),
        says=SAYS,
        **marks(),
    )


def question_page(number: str) -> Response:
    """One question: what the customer says, what is seen, why, what helps, and its cases."""
    return show("console/question.html", question=find_question(number), says=SAYS, **marks())


def marks() -> dict[str, Any]:
    """How far this world is, for marks beside questions and cases; a quiz that goes on is not given away."""
    progress = progress_of(current_world())
    shown = Progress(cases_done=progress.cases_done) if progress.is_secret else progress
    return {"progress": progress, "at_case": shown.case_id, "at_phase": PHASE_WORDS.get(shown.phase, "")}


def _text_of(question: Question) -> str:
    """All that is searched, in small letters."""
    cases = [text for case in question.cases for text in (case.id, case.title, case.customer)]
    return " ".join([str(question.number), question.title, *question.sections.values(), *cases]).lower()
