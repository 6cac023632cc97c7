"""Cases that are played on from where they stand, in worlds that others use, reset and delete meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from lkc.scenarios.acting import Act
from lkc.scenarios.cases import PHASES, Case, Step, find_case
from lkc.scenarios.refusals import CannotArrange, WorldNotEmpty
from lkc.scenarios.stage import Stage
from lkc.world.door import Door
from lkc.world.hold import ENVIRON_KEY, Hold
from lkc.world.session import Access, Exchange
from lkc.world.store import Origin
from tests.builders import create_customer, expect_problem
from tests.wire import PRODUCER, Wire

CASE, OTHER = "13/date-format", "13/no-date"
HERE: dict[str, Any] = {"case": None, "phase": None, "ahead": [], "doing": None, "interrupted": False, "failed": 0}


def play(wire: Wire, until: str, case: str = CASE) -> list[str]:
    """Plays up to a phase and tells the phases that this call has played."""
    done = wire.value(wire.control("POST", f"/scenarios/{case}/play", {"until": until}))
    assert done["ok"]
    return list(dict.fromkeys(step["phase"] for step in done["steps"]))


def here(wire: Wire) -> Any:
    """How far the case of the world is."""
    return wire.value(wire.get("/_sim/scenarios/here"))


def made(wire: Wire, source: str) -> Wire:
    """A world beside the client's, from a source."""
    name = f"{wire.world}-from"
    wire.value(wire.control("POST", "/worlds", {"name": name, "from": source}), 201)
    return Wire(wire.landscape, name)


def acting(wire: Wire, work: Callable[[], None], case: Case | None = None) -> Callable[[], None]:
    """A play of a case in whose midst, at its second call, something else happens."""
    found = case or find_case(CASE)

    class Disturbed(Stage):
        """A stage on which something happens."""

        def call(self, *arguments: Any, **options: Any) -> Any:
            seen = super().call(*arguments, **options)
            if not done:
                done.append(True)
                work()
            return seen

    done: list[bool] = []

    def staging(world: str, door: Door) -> Stage:
        return Disturbed(wire.landscape, world, PRODUCER, door)

    def run() -> None:
        hold = Hold(wire.landscape.store, wire.world, Access.WRITE, Exchange("r-1", world=wire.world), {})
        with wire.landscape.flask.test_request_context(environ_overrides={ENVIRON_KEY: hold}):
            Act(hold, found, staging).play(PHASES[-1])

    return run


def refused(run: Callable[[], None]) -> Any:
    """The refusal with which a play ends."""
    with pytest.raises(Exception) as raised:  # noqa: PT011 - looked at by the caller
        run()
    return raised.value


@pytest.mark.parametrize("begun", ["arranged", "made"])
def test_a_case_is_played_on_from_where_it_stands(wire: Wire, begun: str) -> None:
    """Arranged here or with the world, each call plays what is ahead, and nothing twice."""
    if begun == "made":
        world = made(wire, f"scenario:{CASE}")
    else:
        world = wire
        world.value(world.control("POST", f"/scenarios/{CASE}/arrange"))

    first = here(world)
    phases = [play(world, until) for until in PHASES[1:]]

    assert (first["case"]["id"], first["case"]["question"], first["phase"]) == (CASE, 13, "arrange")
    assert first["ahead"] == ["symptom", "remedy", "outcome"]
    assert phases == [["symptom"], ["remedy"], ["outcome"]]
    assert (here(world)["phase"], here(world)["ahead"], here(world)["doing"]) == ("outcome", [], None)


def test_a_world_without_a_case_says_so(wire: Wire) -> None:
    """Nothing is arranged in a new world."""
    assert here(wire) == HERE


def test_what_was_played_is_not_played_again(wire: Wire) -> None:
    """The refusal tells how far it is and what helps, and that does."""
    play(wire, "remedy")

    again = expect_problem(wire.control("POST", f"/scenarios/{CASE}/play", {"until": "symptom"}), 409, "already-played")
    play(wire, "outcome")
    at_its_end = expect_problem(wire.control("POST", f"/scenarios/{CASE}/play"), 409, "already-played")

    assert again["phase"] == "remedy"
    assert '{"until": "outcome"}' in again["remedy"]
    assert at_its_end["remedy"].startswith(f"POST /_sim/worlds/{wire.world}/reset empties")
    wire.value(wire.control("POST", f"/worlds/{wire.world}/reset"))
    assert play(wire, "symptom") == ["arrange", "symptom"]


def test_one_world_has_one_case(wire: Wire) -> None:
    """Another case, and the same arranged again, are refused with what is there."""
    wire.value(wire.control("POST", f"/scenarios/{CASE}/arrange"))

    again = expect_problem(wire.control("POST", f"/scenarios/{CASE}/arrange"), 409, "world-not-empty")
    other = expect_problem(wire.control("POST", f"/scenarios/{OTHER}/play"), 409, "world-not-empty")

    assert again["remedy"].startswith(f"POST /_sim/scenarios/{CASE}/play goes on with it.")
    assert (other["found"], other["phase"]) == (CASE, "arrange")


@pytest.mark.parametrize("source", ["empty", "demo", f"scenario:{OTHER}", "world:{world}", "snapshot:before"])
def test_a_remedy_is_true_for_each_origin(wire: Wire, source: str) -> None:
    """A reset is offered where it helps, and then it does; a new world always helps."""
    create_customer(wire)
    wire.value(wire.control("PUT", "/snapshots/before"), 201)
    world = made(wire, source.format(world=wire.world))
    if source == "empty":
        create_customer(world)

    problem = expect_problem(world.control("POST", f"/scenarios/{CASE}/play"), 409, "world-not-empty")

    assert ("/reset" in problem["remedy"]) == (source == "empty")
    assert f'POST /_sim/worlds with {{"from": "scenario:{CASE}"}}' in problem["remedy"]
    if source == "empty":
        world.value(world.control("POST", f"/worlds/{world.world}/reset"))
        assert play(world, "symptom") == ["arrange", "symptom"]


def test_a_fork_of_an_arranged_world_is_played_on(wire: Wire) -> None:
    """What the steps have kept is a part of the world: with the copy it goes on, and so it does after a reset."""
    play(wire, "symptom")
    fork = made(wire, f"world:{wire.world}")

    assert play(fork, "outcome") == ["remedy", "outcome"]
    fork.value(fork.control("POST", f"/worlds/{fork.world}/reset"))
    assert play(fork, "remedy") == ["remedy"]


@pytest.mark.parametrize("case", ["02/not-restarted", "10/link-expired", "18/other-account"])
def test_what_steps_have_kept_outlasts_the_call(wire: Wire, case: str) -> None:
    """Files, passwords and numbers of the arrangement are there for the phases that other calls play."""
    world = made(wire, f"scenario:{case}")

    assert [play(world, until, case) for until in PHASES[1:]] == [[until] for until in PHASES[1:]]


def test_an_arrangement_that_fails_leaves_nothing(wire: Wire) -> None:
    """The world is as before the call, untouched, whatever the first steps have done."""
    steps = find_case(CASE).steps
    wrong = Step("arrange", "submit", {"order": "1"}, {}, {}, "")
    case = Case("99/own", 99, "Own", find_case(OTHER).at, "Well.", (steps[0], wrong))

    failed = refused(acting(wire, lambda: None, case))

    assert isinstance(failed, CannotArrange)
    assert wire.value(wire.get("/_sim/events")) == []
    assert wire.value(wire.get("/_sim/clock"))["now"] == "2014-03-03T09:00:00Z"
    assert here(wire) == HERE
    expect_problem(wire.control("POST", "/undo"), 409, "nothing-to-undo")


def test_what_others_did_during_an_arrangement_that_fails_stays(wire: Wire) -> None:
    """Their work is kept, half the arrangement with it, and the refusal says that they were there."""
    steps = find_case(CASE).steps
    wrong = Step("arrange", "submit", {"order": "1"}, {}, {}, "")
    case = Case("99/own", 99, "Own", find_case(OTHER).at, "Well.", (steps[0], wrong))

    failed = refused(acting(wire, lambda: create_customer(wire, "0090000", "Others"), case))

    assert isinstance(failed, WorldNotEmpty)
    assert "Somebody else has changed" in failed.detail
    assert wire.value(wire.get("/ordering/api/v1/customers/0090000", PRODUCER))["name"] == "Others"
    expect_problem(wire.control("POST", f"/scenarios/{CASE}/play"), 409, "play-interrupted")


@pytest.mark.parametrize(
    "fault",
    [{"kind": "status", "status": 503, "system": "*", "times": 1}, {"kind": "feed-lost", "to": "keycenter"}],
)
def test_a_fault_that_keeps_a_case_from_being_arranged_is_named(wire: Wire, fault: dict[str, Any]) -> None:
    """What helps is to take it back, and that does."""
    wire.value(wire.control("POST", "/faults", fault), 201)

    told = expect_problem(wire.control("POST", f"/scenarios/{CASE}/play"), 409, "world-not-empty")
    wire.call("DELETE", "/_sim/faults", {})

    assert f"1 ({fault['kind']})" in told["detail"]
    assert "DELETE /_sim/faults" in told["remedy"]
    assert play(wire, "symptom") == ["arrange", "symptom"]


def test_who_comes_second_is_told_who_is_at_work(wire: Wire) -> None:
    """While a case is played, another call is refused, with case and request; and the first goes on unharmed."""
    met: list[Any] = []

    def come_second() -> None:
        met.append(here(wire))
        calls = [wire.control("POST", f"/scenarios/{CASE}/{verb}") for verb in ("arrange", "play")]
        met.extend(expect_problem(call, 409, "world-not-empty") for call in calls)

    acting(wire, come_second)()

    standing, *problems = met
    assert (standing["doing"], standing["interrupted"]) == ("play", False)
    assert {problem["request_id"] for problem in problems} == {"r-1"}
    assert all(f"Case {CASE} is being played" in problem["detail"] for problem in problems)
    assert here(wire)["phase"] == "outcome"


def test_a_fork_of_a_world_at_work_is_nobodys_work(wire: Wire) -> None:
    """In the copy nobody goes on; it says that the case was left halfway, and what helps."""

    def fork() -> None:
        copy = made(wire, f"world:{wire.world}")
        assert here(copy)["interrupted"]
        problem = expect_problem(copy.control("POST", f"/scenarios/{CASE}/play"), 409, "play-interrupted")
        assert problem["remedy"].startswith("POST /_sim/worlds with")

    acting(wire, fork)()


def test_a_reset_meanwhile_ends_the_play(wire: Wire) -> None:
    """Nothing of it comes into the world that was reset."""
    run = acting(wire, lambda: wire.value(wire.control("POST", f"/worlds/{wire.world}/reset")))

    assert refused(run).code == "world-replaced"
    assert wire.value(wire.get("/_sim/events")) == []
    assert here(wire) == HERE


@pytest.mark.parametrize(("again", "code"), [(False, "unknown-world"), (True, "world-replaced")])
def test_a_deletion_meanwhile_ends_the_play(wire: Wire, again: bool, code: str) -> None:  # noqa: FBT001 - a table
    """The world is unknown, or another one of its name, into which nothing of the play comes."""

    def delete() -> None:
        wire.control("DELETE", f"/worlds/{wire.world}")
        if again:
            wire.landscape.store.create(wire.world, Origin())

    assert refused(acting(wire, delete)).code == code
    if again:
        assert wire.value(wire.get("/_sim/events")) == []


def test_a_play_that_breaks_off_says_so(wire: Wire) -> None:
    """What was arranged stays; the next call learns that it was left halfway, and undo leads back."""
    wire.value(wire.control("POST", f"/scenarios/{CASE}/arrange"))

    def fail() -> None:
        raise RuntimeError("broken")

    assert str(refused(acting(wire, fail))) == "broken"
    problem = expect_problem(wire.control("POST", f"/scenarios/{CASE}/play"), 409, "play-interrupted")
    wire.value(wire.control("POST", "/clock/advance", {"days": 1}))
    later = expect_problem(wire.control("POST", f"/scenarios/{CASE}/play"), 409, "play-interrupted")

    assert here(wire)["interrupted"]
    assert problem["remedy"].startswith("POST /_sim/undo leads back")
    assert later["remedy"].startswith("POST /_sim/undo, called 2 times, leads back")
    for _ in range(2):
        wire.value(wire.control("POST", "/undo"))
    assert play(wire, "outcome") == ["symptom", "remedy", "outcome"]


def test_one_of_many_at_once_plays(wire: Wire) -> None:
    """Of eight calls at once one is done and the others are refused; the case is there once."""
    statuses: list[int] = []

    def work() -> None:
        statuses.append(wire.control("POST", f"/scenarios/{CASE}/play").status_code)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200] + [409] * 7
    assert len(wire.value(wire.get("/lkc/api/v1/orders", PRODUCER))) == 1
