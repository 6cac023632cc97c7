"""Every case of every documented question, played whole: the symptom is seen, the remedy helps."""

from __future__ import annotations

import pytest

from lkc.scenarios.cases import PHASES, Case, find_case, questions
from lkc.scenarios.standing import standing_of
from lkc.world.session import Access
from tests.reader import Reader
from tests.wire import Wire

SYSTEMS = {"ibmss@flexnetoperations.com", "Passport_Advantage@ibm.com"}
SIGN_IN = {
    "/lkc/login": ("email", "Log in"),
    "/myiss/sign-in": ("email", "Sign in"),
    "/support/sign-in": ("name", "Sign in"),
}
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


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_case_names_the_page_on_which_it_is_seen(wire: Wire, case: Case) -> None:
    """Once it is arranged the page is there, and whoever signs in at it has a password; nobody else has to."""
    wire.value(wire.control("POST", f"/scenarios/{case.id}/arrange"))
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        standing = standing_of(world)

    assert standing is not None
    page = case.page_with(standing.kept)
    assert page is not None
    reader, there = Reader(wire.landscape, wire.world).open(page), f"/w/{wire.world}{page.partition('?')[0]}"
    if case.person:
        name, button = SIGN_IN[reader.path.removeprefix(f"/w/{wire.world}")]
        reader.submit(button, {name: case.person, "password": standing.passwords[case.person]}).open(page)
    assert reader.path == there


def test_before_a_case_is_arranged_its_page_is_nowhere() -> None:
    """What its address holds of the arrangement is not known yet; a page that needs nothing of it is."""
    assert find_case("13/date-format").page_with({}) is None
    assert find_case("12/not-submitted").page_with({}) == "/lkc/"


def words_of(value: object) -> list[str]:
    """Every text within the arguments of a step that is one word."""
    if isinstance(value, dict):
        return [word for inner in value.values() for word in words_of(inner)]
    if isinstance(value, list):
        return [word for inner in value for word in words_of(inner)]
    return [value] if isinstance(value, str) and " " not in value else []
