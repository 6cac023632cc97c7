"""Worlds, clock, faults, records, cases and explanations through the client."""

from __future__ import annotations

import httpx
import pytest

from lkc.client import Client, Refused, Unreachable
from tests.client.story import line, submitted


def test_a_world_is_made_forked_reset_and_deleted(client: Client) -> None:
    """`in_world` binds the same caller to another world over the same connection."""
    made = client.worlds.create(from_="empty", seed=7, at="2014-05-01T00:00:00Z", clock="frozen")
    other = client.in_world(made["name"])
    other.customers.create(icn="0001", name="One")

    copy = client.worlds.fork(made["name"])
    client.worlds.reset(made["name"])

    assert other.clock.show()["now"] == "2014-05-01T00:00:00Z"
    assert other.customers.list() == []
    assert len(client.in_world(copy["name"]).customers.list()) == 1
    assert client.worlds.get(copy["name"])["seed"] == 7
    assert {made["name"], copy["name"]} <= {world["name"] for world in client.worlds.list()}
    for name in (made["name"], copy["name"]):
        client.worlds.delete(name)
    with pytest.raises(Refused, match="unknown-world"):
        other.clock.show()


def test_the_clock_goes_on_and_never_back(client: Client) -> None:
    """Frozen by itself; advanced by durations."""
    assert client.clock.advance(days=1, hours=2) == {"now": "2014-03-04T11:00:00Z", "mode": "frozen"}
    assert client.clock.set("2014-03-05T00:00:00Z")["now"] == "2014-03-05T00:00:00Z"
    assert (client.clock.run()["mode"], client.clock.freeze()["mode"]) == ("running", "frozen")
    with pytest.raises(Refused, match="clock-backwards"):
        client.clock.set("2014-03-01T00:00:00Z")


def test_faults_are_ordered_and_taken_back(client: Client) -> None:
    """One by its id, or all."""
    fault = client.faults.add("feed-delay", to="keycenter", minutes=30, every=2)
    client.faults.add("feed-lost", to="onetrust")

    client.faults.clear(fault["id"])

    assert [left["kind"] for left in client.faults.list()] == ["feed-lost"]
    client.faults.clear()
    assert client.faults.list() == []


def test_timeline_and_journal_tell_what_happened(client: Client) -> None:
    """An exchange and the event it caused share a request id."""
    client.customers.create(icn="0001", name="One")

    [event] = client.events.list()
    [exchange] = client.requests.list(path="/ordering", status=201)

    assert event["request_id"] == exchange["request_id"]
    client.requests.clear()
    assert client.requests.list(path="/ordering") == []


def test_a_long_timeline_comes_whole() -> None:
    """Pages are asked for until one is not full."""

    def answer(request: httpx.Request) -> httpx.Response:
        after = int(request.url.params["after"])
        return httpx.Response(200, json=[{"id": after + number} for number in range(1, 1001 if not after else 3)])

    with Client(transport=httpx.MockTransport(answer)) as client:
        assert len(client.events.list()) == 1002


def test_a_case_is_arranged_and_played(client: Client) -> None:
    """Cases are named as the documented questions are."""
    assert "13/date-format" in {case["id"] for found in client.scenarios.list() for case in found["cases"]}
    assert client.scenarios.get("13/date-format")["question"] == 13

    arranged = client.scenarios.arrange("13/date-format")

    assert arranged["ok"]
    with pytest.raises(Refused, match="world-not-empty"):
        client.scenarios.arrange("13/date-format")
    assert client.scenarios.play("13/date-format", until="symptom")["ok"]
    assert client.scenarios.here()["phase"] == "symptom"


def test_an_order_is_explained(client: Client) -> None:
    """The findings name cause, question and remedy."""
    order = submitted(client, line(expiration_date="31/12/2014"))

    findings = client.explain(order_number=order["order_number"])

    assert ("date-format", 13) in {(finding["code"], finding["question"]) for finding in findings}
    assert findings[0]["remedy"]["text"]


def test_the_environment_says_where_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """`LKC_URL` and `LKC_WORLD` make a client; where nobody answers it says so."""
    monkeypatch.setenv("LKC_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("LKC_WORLD", "acme")

    with Client.from_environment() as client, pytest.raises(Unreachable):
        client.clock.show()

    assert repr(client) == "<Client of http://127.0.0.1:9/w/acme>"
