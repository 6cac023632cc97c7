"""How far whoever learns in a world has come, and what was told on the way."""

from __future__ import annotations

import pytest

from lkc.scenarios.models import Kind
from lkc.scenarios.progress import Progress, Step, carried_over, progress_of, steps_of, take_down
from lkc.scenarios.told import in_words, told_of
from lkc.world.session import Access
from tests.wire import Wire

CASE, OTHER = "13/date-format", "13/quantity-zero"


def progress(wire: Wire) -> Progress:
    """How far whoever learns in the test's world has come."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        return progress_of(world)


def learn(wire: Wire, *steps: Step) -> None:
    """Takes steps down."""
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        take_down(world, *steps)


def test_in_an_empty_world_nothing_is_learned_yet(wire: Wire) -> None:
    """No case, no phase, no question."""
    assert progress(wire) == Progress()


def test_progress_follows_the_phases_of_a_lesson(wire: Wire) -> None:
    """A question is done with the outcome of one of its cases."""
    wire.control("POST", f"/scenarios/{CASE}/play", {"until": "remedy"})
    assert progress(wire) == Progress(case_id=CASE, phase="remedy")

    wire.control("POST", f"/scenarios/{CASE}/play")
    assert progress(wire) == Progress(case_id=CASE, phase="outcome", cases_done=(CASE,), questions_done=(13,))


def test_a_quiz_is_secret_until_its_cause_is_named(wire: Wire) -> None:
    """Each cause that is named is a try; the right one solves it."""
    learn(wire, Step(CASE, Kind.ASKED), Step(CASE, Kind.WRONG, OTHER))
    assert wire.control("POST", f"/scenarios/{CASE}/arrange").status_code == 200

    asked = progress(wire)
    learn(wire, Step(CASE, Kind.RIGHT, CASE))
    solved = progress(wire)

    assert (asked.is_secret, asked.quiz_tries, asked.named, asked.questions_done) == (True, 1, (OTHER,), ())
    assert (solved.is_secret, solved.quiz_tries, solved.solved, solved.questions_done) == (False, 2, True, (13,))


def test_a_quiz_that_is_shown_is_not_solved(wire: Wire) -> None:
    """Whoever wants to be told the cause is told, and has not done the question."""
    wire.control("POST", f"/scenarios/{CASE}/arrange")
    learn(wire, Step(CASE, Kind.ASKED), Step(CASE, Kind.SHOWN))

    assert progress(wire) == Progress(case_id=CASE, phase="arrange")


def test_an_earlier_quiz_says_nothing_of_a_lesson(wire: Wire) -> None:
    """A quiz about another case, in the world before it was reset, keeps no lesson secret; an unknown case is none."""
    wire.control("POST", f"/scenarios/{CASE}/arrange")
    learn(wire, Step(OTHER, Kind.ASKED), Step(OTHER, Kind.RIGHT, OTHER), Step("13/gone", Kind.PLAYED))

    assert progress(wire) == Progress(
        case_id=CASE, phase="arrange", cases_done=(OTHER, "13/gone"), questions_done=(13,)
    )


def test_what_was_learned_can_be_carried_over_a_reset(wire: Wire) -> None:
    """The steps, and the case that was played whole, go into the world that is empty again and stays untouched."""
    learn(wire, Step(OTHER, Kind.PLAYED))
    wire.control("POST", f"/scenarios/{CASE}/play")
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        steps = carried_over(world)

    wire.control("POST", f"/worlds/{wire.world}/reset")
    learn(wire, *steps)

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        assert steps_of(world) == carried_over(world) == [Step(OTHER, Kind.PLAYED), Step(CASE, Kind.PLAYED)]
    assert wire.control("POST", f"/scenarios/{CASE}/arrange").status_code == 200


def test_what_was_seen_of_a_phase_is_kept(wire: Wire) -> None:
    """Steps with the calls they made, and the findings that explained them, without passwords or bodies."""
    played = wire.value(wire.control("POST", f"/scenarios/{CASE}/play"))
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        told = told_of(world)

    assert [step["text"] for phase in told.values() for step in phase.steps] == [
        step["text"] for step in played["steps"]
    ]
    assert list(told) == ["arrange", "symptom", "remedy", "outcome"]
    assert [finding["code"] for finding in told["symptom"].findings] == ["date-format"]
    assert all(phase.is_as_expected for phase in told.values())
    assert {name for step in told["arrange"].steps for name in step} == {"verb", "ok", "text", "seen", "calls"}


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ("409 date-format: The date is wrong: '1/2'.", "Refused: The date is wrong: '1/2'."),
        ("201", "Done."),
        ("200, 3 entries", "Answered with 3 entries."),
        ("the step cannot be played: KeyError 'x'", "the step cannot be played: KeyError 'x'"),
    ],
)
def test_what_came_back_is_told_in_words(seen: str, words: str) -> None:
    """Without the numbers of the interface."""
    assert in_words(seen) == words
