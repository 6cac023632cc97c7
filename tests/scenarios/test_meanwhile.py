"""What others order while a case is arranged, when a case begins, and what is kept of steps that failed."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.scenarios.cases import Case, Step, find_case
from lkc.scenarios.refusals import WorldNotEmpty
from tests.builders import create_customer, expect_problem, mails, submitted
from tests.scenarios.test_acting import CASE, OTHER, acting, here, made, play, refused
from tests.wire import Wire

FAULT = {"kind": "mail-bounce", "to": "ann@acme.example"}


def kinds(wire: Wire) -> list[str]:
    """The kinds of events in the timeline."""
    return [event["kind"] for event in wire.value(wire.get("/_sim/events"))]


def unarrangeable() -> Case:
    """A case whose second step fails."""
    wrong = Step("arrange", "submit", {"order": "1"}, {}, {}, "")
    return Case("99/own", 99, "Own", find_case(OTHER).at, "Well.", (find_case(CASE).steps[0], wrong))


def test_a_fault_that_somebody_else_orders_during_an_arrangement_stays(wire: Wire) -> None:
    """The arrangement fails and is not taken back, since the fault would go with it."""

    def order() -> None:
        wire.value(wire.control("POST", "/faults", FAULT), 201)

    failed = refused(acting(wire, order, unarrangeable()))

    assert isinstance(failed, WorldNotEmpty)
    assert [fault["kind"] for fault in wire.value(wire.get("/_sim/faults"))] == ["mail-bounce"]
    assert "fault-ordered" in kinds(wire)


def test_ordering_a_fault_and_taking_it_back_is_told_and_nothing_has_happened_yet(wire: Wire) -> None:
    """Both stand in the timeline; a case can still be arranged in the world."""
    wire.value(wire.control("POST", "/faults", FAULT), 201)
    wire.value(wire.control("POST", "/faults", FAULT), 201)
    wire.call("DELETE", "/_sim/faults/1", {})
    wire.call("DELETE", "/_sim/faults", {})

    told = wire.value(wire.get("/_sim/events"))

    assert [one["kind"] for one in told] == ["fault-ordered", "fault-ordered", "fault-taken-back", "fault-taken-back"]
    assert told[0]["text"] == "Fault 1 (mail-bounce to ann@acme.example) was ordered."
    assert play(wire, "symptom") == ["arrange", "symptom"]


def test_removing_mails_is_told(wire: Wire) -> None:
    """One, or all of them."""
    submitted(wire)
    wire.call("DELETE", f"/mail/api/v1/messages/{mails(wire)[0]['id']}")
    wire.call("DELETE", "/mail/api/v1/messages")

    assert kinds(wire)[-2:] == ["mail-deleted", "mailboxes-emptied"]


def test_a_play_in_a_world_of_another_time_says_that_the_clock_is_set(wire: Wire) -> None:
    """Its first step tells both moments, and so does the timeline; where the clock showed it already, none does."""
    first = wire.value(wire.control("POST", f"/scenarios/{OTHER}/play", {"until": "symptom"}))["steps"][0]

    assert (first["phase"], first["verb"], first["requests"]) == ("arrange", "clock", [])
    assert "2013-04-16T06:55:00Z" in first["text"]
    assert first["seen"] == "it showed 2014-03-03T09:00:00Z before"
    assert kinds(wire)[0] == "clock-changed"
    other = made(wire, "empty")
    told = other.value(other.control("POST", f"/scenarios/{CASE}/arrange"))["steps"]
    assert "clock" not in [step["verb"] for step in told]


@pytest.mark.parametrize("at", ["2014-03-03", "2014-03-03T09:00:00Z", "2014-05-01T12:00:00Z"])
def test_an_arranged_world_goes_on_to_the_moment_that_is_given(wire: Wire, at: str) -> None:
    """A later moment is reached after the case is arranged, and a reset leads back to it; the case is played on."""
    wanted = {"name": f"{wire.world}-at", "from": f"scenario:{CASE}", "at": at, "clock": "frozen"}
    shown = max(at if "T" in at else f"{at}T00:00:00Z", "2014-03-03T09:00:00Z")

    info = wire.value(wire.control("POST", "/worlds", wanted), 201)
    world = Wire(wire.landscape, info["name"])
    world.value(world.control("POST", "/clock/advance", {"days": 1}))
    again = world.value(world.control("POST", f"/worlds/{world.world}/reset"))

    assert info["clock"]["now"] == again["clock"]["now"] == shown
    assert play(world, "outcome") == ["symptom", "remedy", "outcome"]


def test_what_comes_due_until_the_moment_that_is_given_is_done(wire: Wire) -> None:
    """A mail that the case holds up has arrived."""
    wanted = {"name": f"{wire.world}-at", "from": "scenario:07/mail-delayed", "at": "2014-12-01"}
    world = Wire(wire.landscape, wire.value(wire.control("POST", "/worlds", wanted), 201)["name"])

    assert {mail["status"] for mail in mails(world)} == {"delivered"}


def test_a_case_cannot_begin_before_its_day(wire: Wire) -> None:
    """The refusal names the moment of the case."""
    wanted = {"name": f"{wire.world}-at", "from": f"scenario:{CASE}", "at": "2014-03-02T23:59:59Z"}

    problem = expect_problem(wire.control("POST", "/worlds", wanted), 409, "clock-backwards")

    assert (problem["now"], problem["case"]) == ("2014-03-03T09:00:00Z", CASE)
    assert "Leave `at` out" in problem["remedy"]
    expect_problem(wire.get(f"/_sim/worlds/{wire.world}-at"), 404, "unknown-world")


def test_steps_that_failed_are_remembered(wire: Wire) -> None:
    """How many there were is told with how far the case is, also after a fork."""
    wire.value(wire.control("POST", f"/scenarios/{CASE}/arrange"))
    before = here(wire)["failed"]
    wire.value(wire.control("POST", "/faults", {"kind": "status", "status": 503, "system": "keycenter"}), 201)

    played: dict[str, Any] = wire.value(wire.control("POST", f"/scenarios/{CASE}/play"))

    failed = sum(not step["ok"] for step in played["steps"])
    assert before == 0
    assert not played["ok"]
    assert here(wire)["failed"] == here(made(wire, f"world:{wire.world}"))["failed"] == failed > 0


def test_work_of_others_is_told_apart_by_their_requests(wire: Wire) -> None:
    """A customer that somebody else creates keeps an arrangement from being taken back, as before."""
    failed = refused(acting(wire, lambda: create_customer(wire, "0090000", "Others"), unarrangeable()))

    assert isinstance(failed, WorldNotEmpty)
