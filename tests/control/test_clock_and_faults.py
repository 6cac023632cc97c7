"""Health, clock and faults by the controls."""

from __future__ import annotations

import pytest

from lkc.app import Landscape
from lkc.world.store import Origin
from tests.builders import ANN, expect_problem, line, mails, submitted
from tests.wire import Wire


def now(wire: Wire) -> str:
    """What the clock shows."""
    shown: str = wire.value(wire.get("/_sim/clock"))["now"]
    return shown


def test_health_tells_what_serves(wire: Wire) -> None:
    """Version, world, clock and systems are in the answer; ready says the same."""
    health = wire.value(wire.get("/_sim/health"))

    assert (health["status"], health["world"]) == ("ok", wire.world)
    assert health["systems"] == ["ordering", "keycenter", "onetrust", "myiss", "products", "support", "mail"]
    assert wire.value(wire.get("/_sim/ready")) == health


def test_the_clock_is_set_and_switched(wire: Wire) -> None:
    """A frozen clock shows what it was set to; a running one goes on from there."""
    frozen = wire.value(wire.put("/_sim/clock", {"now": "2014-12-31T23:59:59+01:00"}))
    running = wire.value(wire.put("/_sim/clock", {"mode": "running"}))

    assert frozen == {"now": "2014-12-31T22:59:59Z", "mode": "frozen"}
    assert running["mode"] == "running"
    assert now(wire).startswith("2014-12-31T2")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ({"days": 1}, "2014-03-04T09:00:00Z"),
        ({"hours": 1, "minutes": 30, "seconds": 5}, "2014-03-03T10:30:05Z"),
        ({"to": "2015-01-01"}, "2015-01-01T00:00:00Z"),
    ],
)
def test_the_clock_advances(wire: Wire, body: dict[str, object], shown: str) -> None:
    """By a duration or to a moment."""
    assert wire.value(wire.control("POST", "/clock/advance", body))["now"] == shown
    assert now(wire) == shown


def test_the_clock_advances_past_the_next_expiry(wire: Wire) -> None:
    """A date has passed at the beginning of the next day, whichever of a license's dates it is."""
    submitted(wire, lines=[line(expiration_date="05-MAR-2014", license_expiration_date="04-MAR-2014"), line()])

    shown = [wire.value(wire.control("POST", "/clock/advance", {"to_next": "expiry"}))["now"] for _ in range(3)]

    assert shown == ["2014-03-05T00:00:00Z", "2014-03-06T00:00:00Z", "2015-01-01T00:00:00Z"]
    expect_problem(wire.control("POST", "/clock/advance", {"to_next": "expiry"}), 409, "nothing-expires")


def test_the_clock_never_goes_back(wire: Wire) -> None:
    """An earlier moment is refused with both moments, and the clock stays."""
    for response in (
        wire.put("/_sim/clock", {"now": "2014-03-03T08:59:59Z"}),
        wire.control("POST", "/clock/advance", {"to": "2013-01-01"}),
    ):
        assert expect_problem(response, 409, "clock-backwards")["now"] == "2014-03-03T09:00:00Z"
    assert now(wire) == "2014-03-03T09:00:00Z"


def test_a_running_clock_takes_the_moment_that_it_shows(wire: Wire) -> None:
    """Setting it to what it has just shown, and advancing it by nothing, are no steps back."""
    wire.value(wire.put("/_sim/clock", {"mode": "running"}))
    for _ in range(20):
        assert wire.control("POST", "/clock/advance", {"seconds": 0}).status_code == 200
        assert wire.control("POST", "/clock/advance", {"to": now(wire)}).status_code in {200, 409}

    shown = wire.value(wire.put("/_sim/clock", {"mode": "frozen"}))["now"]
    assert wire.value(wire.put("/_sim/clock", {"now": shown}))["now"] == shown


def test_what_was_delayed_bears_the_moment_at_which_it_came(wire: Wire) -> None:
    """Not that of the next call: the order document, the mail it leads to, and the events of both."""
    wire.value(wire.control("POST", "/faults", {"kind": "feed-delay", "to": "keycenter", "minutes": 30}), 201)
    submitted(wire)
    wire.value(wire.control("POST", "/faults", {"kind": "mail-delay", "to": ANN, "minutes": 10}), 201)

    wire.value(wire.control("POST", "/clock/advance", {"days": 3}))

    assert mails(wire, to=ANN)[0]["sent_at"] == "2014-03-03T09:40:00Z"
    events = wire.value(wire.get("/_sim/events?limit=1000"))
    moments = [event["at"] for event in events]
    assert moments == sorted(moments)
    assert {event["at"] for event in events if event["system"] == "keycenter"} == {"2014-03-03T09:30:00Z"}
    assert (events[-1]["kind"], events[-1]["at"]) == ("clock-changed", "2014-03-06T09:00:00Z")


@pytest.mark.parametrize(
    "body", [{}, {"days": -1}, {"days": "x"}, {"days": 1, "to": "2015-01-01"}, {"to_next": "party"}, {"days": 80000}]
)
def test_a_wrong_advance_is_refused(wire: Wire, body: dict[str, object]) -> None:
    """Nothing, too much, or two ways at once: the clock stays."""
    expect_problem(wire.control("POST", "/clock/advance", body), 422, "validation")
    assert now(wire) == "2014-03-03T09:00:00Z"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "earthquake"}, "kind"),
        ({"kind": "mail-bounce"}, "to"),
        ({"kind": "mail-bounce", "to": "nobody"}, "to"),
        ({"kind": "mail-delay"}, "minutes"),
        ({"kind": "mail-bounce", "to": ANN, "minutes": 5}, "minutes"),
        ({"kind": "feed-lost", "to": "mars"}, "to"),
        ({"kind": "feed-lost", "to": "keycenter", "system": "mail"}, "system"),
        ({"kind": "feed-lost", "to": "keycenter", "operation": "submit"}, "operation"),
        ({"kind": "feed-lost", "to": "keycenter", "times": 0}, "times"),
        ({"kind": "feed-lost", "to": "keycenter", "probability": 2}, "probability"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(wire: Wire, body: dict[str, object], field: str) -> None:
    """Each kind has settings of its own, and the mistake is named."""
    errors = expect_problem(wire.control("POST", "/faults", body), 422, "validation")["errors"]

    assert field in [mistake["field"] for mistake in errors]
    assert wire.value(wire.get("/_sim/faults")) == []


def bounce(wire: Wire, **values: object) -> list[str]:
    """Orders a bounce, sends six mails to Ann and tells what became of each, oldest first."""
    wire.value(wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN, **values}), 201)
    raw = b"From: a@b.example\nTo: ann@acme.example\nSubject: x\n\nhi"
    for _ in range(6):
        wire.call("POST", "/mail/api/v1/messages", raw)
        wire.control("POST", "/clock/advance", {"minutes": 1})
    return [mail["status"][0] for mail in reversed(mails(wire))]


@pytest.mark.parametrize(
    ("values", "became"),
    [
        ({}, "bbbbbb"),
        ({"times": 2}, "bbdddd"),
        ({"every": 3}, "ddbddb"),
        ({"every": 2, "times": 1}, "dbdddd"),
        ({"until": "2014-03-03T09:02:00Z"}, "bbbddd"),
        ({"probability": 0}, "dddddd"),
        ({"probability": 1}, "bbbbbb"),
    ],
)
def test_faults_act_as_often_as_ordered(wire: Wire, values: dict[str, object], became: str) -> None:
    """`times`, `every`, `until` and `probability` are exact."""
    assert "".join(bounce(wire, **values)) == became


def test_chance_follows_from_the_seed(landscape: Landscape) -> None:
    """The same seed draws the same faults."""
    drawn = []
    for name in ("chance-a", "chance-b"):
        landscape.store.create(name, Origin(seed=2))
        drawn.append(bounce(Wire(landscape, name), probability=0.5))
        landscape.store.delete(name)

    assert drawn[0] == drawn[1]
    assert set(drawn[0]) == {"b", "d"}


def test_a_clock_ends(wire: Wire) -> None:
    """Beyond the end of time nothing is set, and a date there is none that lies ahead."""
    submitted(wire, lines=[line(expiration_date="31-DEC-9999")])

    expect_problem(wire.control("POST", "/clock/advance", {"days": 79_999}), 422, "validation")
    expect_problem(wire.control("POST", "/clock/advance", {"to_next": "expiry"}), 409, "nothing-expires")

    assert now(wire) == "2014-03-03T09:00:00Z"


def test_faults_are_counted_and_taken_back(wire: Wire) -> None:
    """The list tells how often a fault met and acted; one or all can be taken back."""
    first = wire.value(wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN, "every": 2}), 201)["id"]
    wire.control("POST", "/faults", {"kind": "feed-lost", "to": "onetrust", "until": "2015-01-01"})
    submitted(wire)

    faults = wire.value(wire.get("/_sim/faults"))
    assert [(fault["kind"], fault["met"], fault["injected"]) for fault in faults] == [
        ("mail-bounce", 2, 1),
        ("feed-lost", 0, 0),
    ]
    assert faults[1]["until"] == "2015-01-01T00:00:00Z"
    assert wire.delete(f"/_sim/faults/{first}").status_code == 204
    expect_problem(wire.delete(f"/_sim/faults/{first}"), 404, "unknown-fault")
    assert wire.delete("/_sim/faults").status_code == 204
    assert wire.value(wire.get("/_sim/faults")) == []
