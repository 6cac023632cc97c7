"""Arranging and playing over HTTP, and worlds that begin with an arranged case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from lkc.scenarios.cases import PHASES, Case, Step
from lkc.scenarios.playing import arranged as arrange_steps
from lkc.scenarios.playing import played
from lkc.scenarios.refusals import CannotArrange
from lkc.scenarios.stage import Stage
from lkc.world.door import Pinned
from lkc.world.session import Access
from tests.builders import ICN, change, create_customer, expect_problem, licenses, line, submit
from tests.wire import PRODUCER, Wire

CASE = "13/date-format"
NORA = "nora.petersen@birkenau.example"
DAY = datetime(2013, 5, 6, 8, tzinfo=UTC)


@pytest.fixture
def arranged(wire: Wire) -> Iterator[Wire]:
    """A client of a world that was made with a case arranged in it."""
    name = f"{wire.world}-arranged"
    wire.value(wire.control("POST", "/worlds", {"name": name, "from": f"scenario:{CASE}"}), 201)
    yield Wire(wire.landscape, name)
    wire.control("DELETE", f"/worlds/{name}")


def step(verb: str, phase: str = "symptom", **values: Any) -> Step:
    """A step; `expect`, `keep` and `says` are taken out of its arguments."""
    told = {name: values.pop(name, empty) for name, empty in (("expect", {}), ("keep", {}), ("says", ""))}
    return Step(phase=phase, verb=verb, values=values, **told)


def a_case(*steps: Step, at: datetime = DAY) -> Case:
    """A case of our own."""
    return Case(id="99/own", question=99, title="Own", at=at, customer="Well.", steps=steps)


def stage(wire: Wire) -> Stage:
    """The stage of the client's world as it is now."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        door = Pinned(wire.landscape.store, world.generation)
    return Stage(wire.landscape, wire.world, PRODUCER, door)


def play(stage_: Stage, case: Case) -> list[dict[str, Any]]:
    """All steps of a case of our own."""
    return [step for phase in PHASES for step in played(stage_, case, phase)]


def test_the_questions_are_listed_with_their_cases(wire: Wire) -> None:
    """Number, title, slug, and of each case id and title."""
    listed = wire.value(wire.get("/_sim/scenarios"))

    question = next(entry for entry in listed if entry["question"] == 13)
    assert question["slug"] == "error_on_generate"
    assert question["title"]
    assert {"id": CASE, "title": "The end of the service contract is written the wrong way"} in question["cases"]


def test_a_case_is_shown_with_its_page_and_its_steps(wire: Wire) -> None:
    """Texts of the question, words of the customer, and each step with phase, verb and sentence; nothing happens."""
    shown = wire.value(wire.get(f"/_sim/scenarios/{CASE}"))

    assert (shown["id"], shown["question"], shown["at"]) == (CASE, 13, "2014-03-03T09:00:00+00:00")
    assert list(shown["page"]) == ["What the customer says", "What is seen", "Why", "What helps"]
    assert shown["customer"].startswith("I want to generate")
    assert {"phase": "symptom", "verb": "explain", "text": "Why?"} in shown["steps"]
    assert wire.value(wire.get("/_sim/events")) == []


@pytest.mark.parametrize("path", ["13/none", "99/date-format", "13/date-format.toml", "x/y"])
def test_an_unknown_case_is_refused(wire: Wire, path: str) -> None:
    """Shown, arranged, played, or as the beginning of a world."""
    for response in (
        wire.get(f"/_sim/scenarios/{path}"),
        wire.control("POST", f"/scenarios/{path}/arrange"),
        wire.control("POST", f"/scenarios/{path}/play"),
        wire.control("POST", "/worlds", {"from": f"scenario:{path}"}),
    ):
        assert expect_problem(response, 404, "unknown-case")["case"] == path


def test_arranging_brings_the_beginning_about(wire: Wire) -> None:
    """The order is there and Nora has a password; nobody has tried to generate yet."""
    done = wire.value(wire.control("POST", f"/scenarios/{CASE}/arrange"))

    assert done["ok"]
    assert {step["phase"] for step in done["steps"]} == {"arrange"}
    [order] = wire.value(wire.get("/lkc/api/v1/orders", PRODUCER))
    [license_] = licenses(wire, order["order_number"])
    assert (license_["expiration_date"], license_["status"]) == ("31/12/2014", "not-generated")
    kinds = [event["kind"] for event in wire.value(wire.get("/_sim/events"))]
    assert "generate-refused" not in kinds


@pytest.mark.parametrize("verb", ["arrange", "play"])
def test_a_case_needs_an_untouched_world(wire: Wire, verb: str) -> None:
    """Where something has happened the case is refused, and nothing more happens."""
    create_customer(wire)
    before = wire.value(wire.get("/_sim/events"))

    refused = expect_problem(wire.control("POST", f"/scenarios/{CASE}/{verb}"), 409, "world-not-empty")

    assert refused["world"] == wire.world
    assert wire.value(wire.get("/_sim/events")) == before
    assert wire.value(wire.get("/_sim/clock"))["now"] == "2014-03-03T09:00:00Z"


@pytest.mark.parametrize(
    ("until", "phases"),
    [
        ("symptom", ["arrange", "symptom"]),
        ("remedy", ["arrange", "symptom", "remedy"]),
        ("outcome", ["arrange", "symptom", "remedy", "outcome"]),
    ],
)
def test_a_case_is_played_up_to_a_phase(wire: Wire, until: str, phases: list[str]) -> None:
    """Up to the symptom nothing is remedied."""
    played = wire.value(wire.control("POST", f"/scenarios/{CASE}/play", {"until": until}))

    assert played["ok"]
    assert list(dict.fromkeys(step["phase"] for step in played["steps"])) == phases
    [order] = wire.value(wire.get("/lkc/api/v1/orders", PRODUCER))
    right = "31/12/2014" if until == "symptom" else "31-DEC-2014"
    assert licenses(wire, order["order_number"])[0]["expiration_date"] == right


@pytest.mark.parametrize("body", [{"until": "arrange"}, {"until": "end"}, {"until": 3}, {"upto": "remedy"}])
def test_how_far_to_play_is_checked(wire: Wire, body: dict[str, Any]) -> None:
    """A wrong phase or field is named; nothing is arranged."""
    response = wire.control("POST", f"/scenarios/{CASE}/play", body)

    assert expect_problem(response, 422, "validation")["errors"][0]["field"] in body
    assert wire.value(wire.get("/_sim/events")) == []


def test_a_played_step_tells_call_and_answer(wire: Wire) -> None:
    """What was called, what came back, and the sentence for people."""
    played = wire.value(wire.control("POST", f"/scenarios/{CASE}/play", {"until": "symptom"}))

    generate = next(step for step in played["steps"] if step["phase"] == "symptom")
    assert generate["text"] == "Nora selects the license and chooses Generate."
    assert generate["calls"] == ["POST /lkc/api/v1/licenses/L-1/generate"]
    assert generate["seen"].startswith("409 date-format: ")


def test_a_case_of_an_earlier_day_begins_on_its_day(wire: Wire) -> None:
    """The clock of an untouched world goes to the moment of the case, also where that lies before it."""
    wire.value(wire.control("POST", "/scenarios/13/no-date/arrange"))

    assert wire.value(wire.get("/_sim/clock")) == {"now": "2013-04-16T06:55:00Z", "mode": "frozen"}


def test_a_world_begins_with_an_arranged_case(wire: Wire, arranged: Wire) -> None:
    """It says where it comes from, and what the case begins with is there; no other world is left behind."""
    listed = wire.value(wire.get("/_sim/worlds"))

    assert [entry["from"] for entry in listed if entry["name"] == arranged.world] == [f"scenario:{CASE}"]
    assert [entry["name"] for entry in listed if "arranging" in entry["name"]] == []
    assert arranged.value(arranged.get("/_sim/clock"))["now"] == "2014-03-03T09:00:00Z"
    assert len(arranged.value(arranged.get("/lkc/api/v1/orders", PRODUCER))) == 1
    finding = arranged.value(arranged.control("POST", "/explain", {"email": NORA}))["findings"][0]
    assert finding["code"] == "date-format"


def test_the_clock_of_an_arranged_world_runs_if_wished(wire: Wire) -> None:
    """It runs on from the moment of the case."""
    name = f"{wire.world}-runs"
    body = {"name": name, "from": f"scenario:{CASE}", "clock": "running"}
    made = wire.value(wire.control("POST", "/worlds", body), 201)
    wire.control("DELETE", f"/worlds/{name}")

    assert made["clock"]["mode"] == "running"
    assert made["clock"]["now"].startswith("2014-03-03T09:00")


def test_a_reset_leads_back_to_the_arranged_case(arranged: Wire) -> None:
    """Not to an empty world: a trainer begins anew with the same symptom."""
    before = arranged.value(arranged.get("/_sim/events"))
    arranged.value(arranged.control("POST", "/clock/advance", {"days": 3}))
    arranged.value(
        arranged.post("/ordering/api/v1/customers", {"icn": ICN, "name": "A", "country": "DE"}, PRODUCER), 201
    )

    arranged.value(arranged.control("POST", f"/worlds/{arranged.world}/reset"))

    assert arranged.value(arranged.get("/_sim/events")) == before
    assert arranged.value(arranged.get("/_sim/clock"))["now"] == "2014-03-03T09:00:00Z"
    assert arranged.get(f"/ordering/api/v1/customers/{ICN}", PRODUCER).status_code == 404


def test_the_same_seed_gives_the_same_arranged_world(wire: Wire) -> None:
    """Numbers and license files are the same twice, and others with another seed."""
    found = [generated(wire, f"{wire.world}-{place}", seed) for place, seed in enumerate((7, 7, 8))]

    assert found[0] == found[1]
    assert found[0]["order"] != found[2]["order"]
    assert found[0]["file"]["sha256"] != found[2]["file"]["sha256"]


def generated(wire: Wire, name: str, seed: int) -> dict[str, Any]:
    """What the license of a case is generated to in a world that began with its arrangement."""
    body = {"name": name, "from": f"scenario:{CASE}", "seed": seed}
    assert wire.value(wire.control("POST", "/worlds", body), 201)["seed"] == seed
    made = Wire(wire.landscape, name)
    [order] = made.value(made.get("/lkc/api/v1/orders", PRODUCER))
    change(made, order["order_number"], lines=[line()])
    submit(made, order["order_number"])
    [license_] = licenses(made, order["order_number"])
    file = made.value(made.post(f"/lkc/api/v1/licenses/{license_['license_id']}/generate", None, PRODUCER), 201)
    wire.control("DELETE", f"/worlds/{name}")
    return {"order": order["order_number"], "account": order["account_id"], "file": {**file, "href": None}}


def test_a_world_of_that_name_is_not_arranged_again(arranged: Wire) -> None:
    """A name is given once."""
    body = {"name": arranged.world, "from": f"scenario:{CASE}"}

    expect_problem(arranged.control("POST", "/worlds", body), 409, "world-exists")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (step("customer", icn=ICN, name="A", country="DE", expect={"status": 409}), "expected status 409, got 201"),
        (step("customer", icn="x", name="A", country="DE"), "expected no refusal, got 422 validation"),
        (step("customer", icn="{icn}"), "the step cannot be played: KeyError 'icn'"),
        (step("sing"), "the step cannot be played: KeyError 'sing'"),
        (step("submit"), "the step cannot be played: TypeError"),
        (step("mails", keep={"mail": "0.id"}), "the step cannot be played: IndexError"),
        (step("mails", keep={"mail": "first.id"}), "the step cannot be played: ValueError"),
        (step("cure", code="feed-lost", email="nobody@acme.example"), "the step cannot be played: "),
    ],
)
def test_a_step_that_goes_wrong_says_why(wire: Wire, wrong: Step, told: str) -> None:
    """The step is not ok; those after it are played all the same."""
    played = play(stage(wire), a_case(wrong, step("order-summary", "outcome", by="producer"), at=DAY.replace(2015)))

    assert [one["ok"] for one in played] == [False, True]
    assert played[0]["seen"].startswith(told)


def test_what_was_kept_stands_in_later_steps_and_sentences(wire: Wire) -> None:
    """A name in braces is the kept value itself where it is all there is; an unknown one stays in a sentence."""
    kept = step("customer", icn=ICN, name="Acme", country="DE", keep={"icn": "icn", "whole": ""})
    later = step("customer", "outcome", icn="{icn}", name="B", country="DE", says="ICN {icn}.", expect={"status": 409})
    unknown = step("order-summary", "outcome", by="producer", says="Of {somebody}.")

    played = play(stage(wire), a_case(kept, later, unknown, at=DAY.replace(2015)))

    assert [one["ok"] for one in played] == [True, True, True]
    assert [one["text"] for one in played] == ["", f"ICN {ICN}.", "Of."]


def test_an_arrangement_that_fails_is_no_case(wire: Wire) -> None:
    """A case whose beginning cannot be brought about says which step it is."""
    with pytest.raises(CannotArrange, match="Case 99/own: submit: expected no refusal, got 404"):
        arrange_steps(stage(wire), a_case(step("submit", "arrange", order="1")))


def test_a_case_in_a_world_that_begins_later_may_find_more(wire: Wire) -> None:
    """By then a service has lapsed as well: the play and the standing say so, and the interface that it can be."""
    body = {"name": "later", "from": "scenario:13/date-format", "at": "2016-05-01T09:00:00Z"}
    wire.value(wire.control("POST", "/worlds", body), 201)
    later = Wire(wire.landscape, "later")

    played = later.value(later.control("POST", "/scenarios/13/date-format/play"))

    assert played["ok"] is False
    [wrong] = [step for step in played["steps"] if not step["ok"]]
    assert "service-lapsed" in wrong["seen"]
    assert later.value(later.control("GET", "/scenarios/here"))["failed"] == 1
    document = wire.value(wire.get("/_sim/openapi"))
    assert "may find more causes" in str(document["paths"]) + str(document["components"])
    wire.landscape.store.delete("later")
