"""Every case of every documented question, played whole: the symptom is seen, the remedy helps."""

from __future__ import annotations

import pytest

from lkc.scenarios.cases import PHASES, Case, questions
from tests.wire import Wire

SYSTEMS = {"ibmss@flexnetoperations.com", "Passport_Advantage@ibm.com"}
CASES = [case for question in questions() for case in question.cases]


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_case_shows_its_symptom_and_its_remedy_helps(wire: Wire, case: Case) -> None:
    """Each step is answered as the case expects it: first the symptom, then the remedy, then the outcome."""
    played = wire.value(wire.control("POST", f"/scenarios/{case.id}/play"))

    assert [step for step in played["steps"] if not step["ok"]] == []
    assert played["ok"]
    phases = [step["phase"] for step in played["steps"]]
    assert list(dict.fromkeys(phases)) == list(PHASES)
    assert phases == sorted(phases, key=PHASES.index)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_case_is_told_in_sentences(case: Case) -> None:
    """What the customer says and what happens can be read aloud; the symptom and the end are explained."""
    shown = [step for step in case.steps if step.phase != PHASES[0]]

    assert case.title
    assert case.customer.endswith((".", "?", "!"))
    assert [step.verb for step in case.steps if not step.says.endswith((".", "?", "!"))] == []
    for phase in (PHASES[1], PHASES[-1]):
        assert "explain" in [step.verb for step in shown if step.phase == phase]
    assert [
        step.expect for step in shown if step.verb == "explain" and not {"codes", "status"} & set(step.expect)
    ] == []


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_case_lives_in_a_small_world_of_its_time(case: Case) -> None:
    """It begins in 2013 or 2014, is arranged in a few steps, and writes to nobody who could be real."""
    addresses = [word for step in case.steps for word in words_of(step.values) if "@" in word]

    assert case.at.year in {2013, 2014}
    assert len([step for step in case.steps if step.phase == PHASES[0]]) <= 15
    assert [word for word in addresses if not word.endswith(".example") and word not in SYSTEMS] == []


def words_of(value: object) -> list[str]:
    """Every text within the arguments of a step that is one word."""
    if isinstance(value, dict):
        return [word for inner in value.values() for word in words_of(inner)]
    if isinstance(value, list):
        return [word for inner in value for word in words_of(inner)]
    return [value] if isinstance(value, str) and " " not in value else []
