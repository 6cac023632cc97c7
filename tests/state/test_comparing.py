"""What is different between two worlds, in words of their systems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lkc.world.store import Origin
from tests.builders import ANN, change, licenses, submitted
from tests.state.worlds import document, furnish, put
from tests.wire import PRODUCER, Wire


@pytest.fixture
def fork(wire: Wire) -> Callable[[], Wire]:
    """Forks the world as it is."""

    def forked() -> Wire:
        made = wire.control("POST", f"/worlds/{wire.world}/fork", {})
        return Wire(wire.landscape, made.get_json()["name"])

    return forked


def compared(one: Wire, other: Wire) -> list[dict[str, Any]]:
    """The changes from one world to another."""
    found: dict[str, Any] = one.value(one.get(f"/_sim/worlds/{one.world}/diff/{other.world}"))
    assert found["left_out"] == 0
    changes: list[dict[str, Any]] = found["changes"]
    return changes


def texts(one: Wire, other: Wire) -> list[str]:
    """The changes as sentences, without the timeline."""
    return [found["text"] for found in compared(one, other) if not found["what"].startswith("event ")]


def test_equal_worlds_have_no_differences(wire: Wire, fork: Callable[[], Wire]) -> None:
    """A world and itself, its fork, and the world of its document."""
    furnish(wire)
    copy = fork()
    put(copy, document(wire))

    assert compared(wire, wire) == compared(wire, copy) == []


def test_what_a_call_does_shows_in_words_of_the_systems(wire: Wire, fork: Callable[[], Wire]) -> None:
    """A license that is generated, with its key and files; backwards they are gone."""
    order = submitted(wire)
    copy = fork()
    [license_] = licenses(copy, order["order_number"])
    made = copy.post(f"/lkc/api/v1/licenses/{license_['license_id']}/generate", {}, PRODUCER).get_json()

    forwards, backwards = texts(wire, copy), texts(copy, wire)

    key = f"key {made['key_id']} of license L-1"
    assert forwards[:2] == ["license L-1 generated", f"{key} generated"]
    assert f"flexnet file of key {made['key_id']} written" in forwards
    assert backwards[:2] == ["license L-1 not-generated", f"{key} is gone"]
    first = compared(wire, copy)[0]
    assert (first["system"], first["what"]) == ("keycenter", "license L-1")
    assert (first["before"], first["after"]) == ({"status": "not-generated"}, {"status": "generated"})


def test_clock_mails_and_changed_lines_are_told(wire: Wire, fork: Callable[[], Wire]) -> None:
    """Durations for the clock, the recipient for a mail, both values for what is changed."""
    order = submitted(wire)
    copy = fork()
    change(copy, order["order_number"], lines=_emptied(order))
    copy.post(f"/ordering/api/v1/orders/{order['order_number']}/notice", None, PRODUCER)
    copy.control("POST", "/clock/advance", {"days": 1, "hours": 2})
    copy.control("PUT", "/clock", {"mode": "running"})

    found = texts(wire, copy)

    assert found[0].startswith("clock +1 day 2 hours")
    assert found[1] == "clock running"
    assert f"order {order['order_number']} changed" in found
    assert f"line 1 of order {order['order_number']}: quantity 5 -> 0" in found
    assert f"mail 3 to {ANN} sent" in found
    assert found[-1].startswith("last numbers given out: event ")
    assert found[-1].endswith(", mail 2 -> 3")


def _emptied(order: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of an order with quantity 0."""
    kept = ("line_number", "part_number", "expiration_date")
    return [{**{name: one[name] for name in kept}, "quantity": 0} for one in order["lines"]]


def test_the_timeline_belongs_to_the_systems_in_which_things_happened(wire: Wire, fork: Callable[[], Wire]) -> None:
    """What changed nothing else, such as a refused call, is told by its event."""
    copy = fork()
    copy.post("/lkc/api/v1/password-finder", {"email": "nobody@acme.example"})

    event, numbers = compared(wire, copy)

    assert (event["system"], event["what"]) == ("keycenter", "event 1")
    assert event["text"].startswith("event 1: The Password Finder was asked for nobody@acme.example")
    assert numbers["text"] == "last numbers given out: event 0 -> 1"


def test_hashes_are_not_shown(wire: Wire, fork: Callable[[], Wire]) -> None:
    """That a password is another one is told, and nothing of either."""
    made = furnish(wire)
    copy = fork()
    copy.post("/lkc/api/v1/password-finder", {"email": ANN})
    mail = copy.get("/mail/api/v1/messages?subject=Password+Finder&to=" + ANN).get_json()[0]
    token = mail["links"][0].rpartition("/")[2]
    assert copy.post("/lkc/api/v1/password", {"token": token, "password": "another one"}).status_code == 204

    [found] = [one for one in compared(wire, copy) if one["what"] == f"registered end user {ANN}"]

    assert made["ann"][0] == ANN
    assert (found["before"], found["after"]) == ({"password_hash": "***"}, {"password_hash": "***"})


def test_only_so_many_differences_are_listed(wire: Wire) -> None:
    """The first thousand, and how many more there are."""
    store = wire.landscape.store
    store.create(f"{wire.world}-large", Origin(furnish=_filled))

    found = wire.get(f"/_sim/worlds/{wire.world}/diff/{wire.world}-large").get_json()

    assert len(found["changes"]) == 1000
    assert found["left_out"] == 201
    unknown = wire.get(f"/_sim/worlds/{wire.world}/diff/nowhere")
    assert (unknown.status_code, unknown.get_json(force=True)["code"]) == (404, "unknown-world")


def test_another_seed_is_a_difference(wire: Wire) -> None:
    """Though the worlds may still look alike."""
    wire.landscape.store.create(f"{wire.world}-seed", Origin(seed=2))

    assert texts(wire, Wire(wire.landscape, f"{wire.world}-seed")) == ["seed 1 -> 2"]


def _filled(world: Any) -> None:
    for number in range(1200):
        world.record("ordering", "filled", f"Row {number}.", number=number)
