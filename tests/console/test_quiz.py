"""Quizzes at the trainer's desk."""

from __future__ import annotations

import pytest

from lkc.scenarios.cases import Case, questions
from lkc.scenarios.progress import Progress, progress_of
from lkc.scenarios.quizzing import OFFERED, REASSURING, case_to_ask, causes_offered
from lkc.scenarios.remaining import codes_of
from lkc.world.session import Access
from tests.builders import create_customer
from tests.reader import Reader
from tests.wire import Wire

CASES = [case for question in questions() for case in question.cases]


@pytest.fixture
def reader(wire: Wire) -> Reader:
    """Somebody at the desk of the test's world."""
    return Reader(wire.landscape, wire.world)


def progress(wire: Wire) -> Progress:
    """How far whoever learns has come."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        return progress_of(world)


def answer(wire: Wire, reader: Reader, *, right: bool) -> str:
    """Names a cause that is, or is not, the right one, and gives it."""
    found = progress(wire)
    [case] = [one for one in CASES if one.id == found.case_id]
    offered = [one.id for one in causes_offered(1, case) if (one.id == case.id) is right and one.id not in found.named]
    reader.submit("Answer", {"cause": offered[0]})
    return offered[0]


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_every_case_has_causes_to_choose_among(case: Case) -> None:
    """The right one is among them, each is another one, and the order follows from the seed."""
    offered = causes_offered(1, case)

    assert len(offered) in {OFFERED - 1, OFFERED}
    assert len({one.title for one in offered}) == len(offered)
    assert case in offered
    assert causes_offered(1, case) == offered
    assert all(codes_of(one) - REASSURING for one in offered if one is not case)


def test_the_next_quiz_is_about_what_is_not_done() -> None:
    """Until all is done; then it comes again. Without a question there is none."""
    thirteen = {case.id for case in CASES if case.question == 13}
    left = min(thirteen)

    asked = case_to_ask(1, 0, {13}, thirteen - {left})
    assert asked is not None
    assert asked.id == left
    assert case_to_ask(1, 0, {13}, thirteen) is not None
    assert case_to_ask(1, 0, set(), set()) is None


def test_a_quiz_is_asked_answered_and_told(wire: Wire, reader: Reader) -> None:
    """A wrong cause brings a hint and counts; the right one brings what explains it and what helps."""
    reader.open("/").follow("Quiz").submit("Ask me")
    [case] = [one for one in CASES if one.id == progress(wire).case_id]
    assert case.customer in reader.text
    assert "What is the cause?" in reader.text

    wrong = answer(wire, reader, right=False)
    assert "Not that one" in reader.text
    assert progress(wire).named == (wrong,)
    answer(wire, reader, right=True)

    assert "Right, at try 2" in reader.text
    assert reader.text.count("What helps") == reader.html.count("finding-statement") - 1
    assert (progress(wire).solved, progress(wire).questions_done) == (True, (case.question,))
    reader.follow("Apply the remedy in its lesson").submit("Apply the remedy").submit("See the outcome")
    assert "The trouble is gone." in reader.text


def test_a_quiz_names_its_case_nowhere(wire: Wire, reader: Reader) -> None:
    """Neither its page by a title, nor any other page of the desk by a mark."""
    reader.open("/desk/quiz").submit("Ask me")
    found = progress(wire)
    [case] = [one for one in CASES if one.id == found.case_id]

    assert "<title>Quiz" in reader.html
    assert f"play {case.id}" not in reader.text
    assert reader.text.count(case.title) == 1
    assert "Here:" not in reader.open("/desk/questions").text
    assert "Here:" not in reader.open(f"/desk/questions/{case.question:02d}").text


def test_an_answer_without_a_cause_or_twice_counts_nothing(wire: Wire, reader: Reader) -> None:
    """Nor does one after the end."""
    reader.open("/desk/quiz").submit("Ask me").submit("Answer")
    assert "No cause is chosen." in reader.text
    older = next(form for form in reader.parsed.forms if "Answer" in form.buttons)
    wrong = answer(wire, reader, right=False)
    reader.send(older, "Answer", {"cause": wrong})
    assert progress(wire).quiz_tries == 1

    answer(wire, reader, right=True)
    reader.open("/desk/quiz")
    assert progress(wire).quiz_tries == 2


def test_whoever_wants_to_be_told_is_told(wire: Wire, reader: Reader) -> None:
    """The question is not done by that."""
    reader.open("/desk/quiz").submit("Ask me")
    form = next(form for form in reader.parsed.forms if "Show me" in form.buttons)
    form.action = f"/w/{wire.world}/desk/quiz/show"
    reader.send(form, "Show me")

    assert "This was the cause" in reader.text
    assert progress(wire).questions_done == ()


def test_a_quiz_after_another_keeps_what_was_learned(wire: Wire, reader: Reader) -> None:
    """In this world, cleared, or in one of its own that has the next number as its seed."""
    reader.open("/desk/quiz").submit("Ask me")
    answer(wire, reader, right=True)
    first = progress(wire).case_id
    form = next(form for form in reader.parsed.forms if "Another, in this world" in form.buttons)
    form.action = f"/w/{wire.world}/desk/quiz/again"
    reader.send(form, "Another, in this world")
    assert "Done in this world: 1 case of 1 question." in reader.text

    reader.submit("Ask me")
    assert progress(wire).case_id != first
    assert progress(wire).cases_done == (first,)


def test_a_quiz_needs_an_untouched_world(wire: Wire, reader: Reader) -> None:
    """Else one of its own is made, whose name gives nothing away; no question chosen is told."""
    create_customer(wire)
    reader.open("/desk/quiz?question=13")
    assert "needs one that is untouched" in reader.text
    form = next(form for form in reader.parsed.forms if "Make a world for a quiz" in form.buttons)
    reader.send(form, "Make a world for a quiz")
    assert "No question is chosen." not in reader.text

    form.action = f"/w/{wire.world}/desk/quiz/world"
    reader.open("/desk/quiz").send(form, "Make a world for a quiz")
    name = reader.path.split("/")[2]
    assert name.startswith("quiz-")
    form = next(form for form in reader.parsed.forms if "Ask me" in form.buttons)
    reader.send(form, "Ask me")
    assert reader.path == f"/w/{name}/desk/quiz"
    wire.landscape.store.delete(name)


def test_a_case_is_asked_from_its_lesson(wire: Wire, reader: Reader) -> None:
    """In an untouched world; its lesson waits until the quiz is at its end."""
    reader.open("/desk/questions/13/date-format").submit("Ask this case as a quiz in this world")

    assert "What is the cause?" in reader.text
    assert progress(wire).is_secret
