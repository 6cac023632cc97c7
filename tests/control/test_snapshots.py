"""Snapshots and undo by the controls: over HTTP, with the checkpoints that are taken by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ANN, book, create_customer, expect_problem
from tests.wire import PRODUCER, Wire

CSV = (
    "reference,icn,customer_name,country,purchase_order,contact_name,contact_email,part_number,quantity,"
    "expiration_date\n"
)
ORDERS = "/ordering/api/v1/orders"


def undo(wire: Wire) -> Any:
    """Undoes the last change."""
    return wire.value(wire.control("POST", "/undo"))


def test_a_world_is_saved_loaded_and_deleted(wire: Wire) -> None:
    """201 for a new one, 200 for one that is replaced; loading leads back orders, faults, clock and numbers."""
    create_customer(wire)
    saved = wire.value(wire.control("PUT", "/snapshots/one"), 201)
    first = book(wire)["order_number"]
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN})
    wire.control("POST", "/clock/advance", {"days": 3})

    loaded = wire.value(wire.control("POST", "/snapshots/one/load"))

    assert (saved["name"], saved["at"]) == ("one", "2014-03-03T09:00:00Z")
    assert saved["size"] > 1000
    assert loaded == {"loaded": "one", "clock": {"now": "2014-03-03T09:00:00Z", "mode": "frozen"}}
    assert wire.value(wire.get("/_sim/faults")) == []
    assert book(wire)["order_number"] == first
    wire.value(wire.control("PUT", "/snapshots/one"), 200)
    assert [one["name"] for one in wire.value(wire.get("/_sim/snapshots"))] == ["one"]
    assert wire.control("DELETE", "/snapshots/one").status_code == 204
    assert wire.value(wire.get("/_sim/snapshots")) == []


def test_loading_and_undoing_leave_the_journal(wire: Wire) -> None:
    """It tells what was called, whatever became of the world."""
    wire.value(wire.control("PUT", "/snapshots/one"), 201)
    wire.control("POST", "/clock/advance", {"days": 3})
    wire.value(wire.control("POST", "/snapshots/one/load"))
    undo(wire)

    paths = [entry["path"] for entry in wire.value(wire.get("/_sim/requests?system=control"))]

    assert paths == ["/_sim/snapshots/one", "/_sim/clock/advance", "/_sim/snapshots/one/load", "/_sim/undo"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("PUT", "/snapshots/Two", 422, "validation"),
        ("PUT", "/snapshots/..%2fworlds", 404, "not-found"),
        ("PUT", "/snapshots/two%00", 422, "validation"),
        ("POST", "/snapshots/two/load", 404, "unknown-snapshot"),
        ("DELETE", "/snapshots/two", 404, "unknown-snapshot"),
        ("POST", "/undo", 409, "nothing-to-undo"),
    ],
)
def test_what_cannot_be_is_refused(wire: Wire, method: str, path: str, status: int, code: str) -> None:
    """With code and remedy, and nothing is saved."""
    problem = expect_problem(wire.control(method, path), status, code)

    assert problem["remedy"]
    assert wire.value(wire.get("/_sim/snapshots")) == []


def test_a_world_begins_as_a_snapshot_of_the_world_that_is_called(wire: Wire) -> None:
    """Not of another; it brings seed and clock with it, and a reset leads back to it."""
    create_customer(wire)
    wire.value(wire.control("PUT", "/snapshots/one"), 201)
    name = f"{wire.world}-copy"

    made = wire.value(wire.control("POST", "/worlds", {"name": name, "from": "snapshot:one"}), 201)
    copy = Wire(wire.landscape, name)
    elsewhere = copy.control("POST", "/worlds", {"from": "snapshot:one"})
    with_seed = wire.control("POST", "/worlds", {"from": "snapshot:one", "seed": 3})
    book(copy)
    copy.value(copy.control("POST", f"/worlds/{name}/reset"))

    assert (made["from"], made["seed"]) == ("snapshot:one", 1)
    assert copy.value(copy.get(ORDERS, PRODUCER)) == []
    expect_problem(elsewhere, 404, "unknown-snapshot")
    assert expect_problem(with_seed, 422, "validation")["errors"][0]["field"] == "seed"
    wire.control("DELETE", f"/worlds/{name}")


def test_each_change_of_the_clock_is_undone(wire: Wire) -> None:
    """Set, let run, advanced: undo tells what it was, and what is left."""
    wire.control("PUT", "/clock", {"now": "2014-04-01T00:00:00Z"})
    wire.control("PUT", "/clock", {"mode": "running"})
    wire.control("POST", "/clock/advance", {"days": 3})

    undone = [undo(wire) for _ in range(3)]

    assert [one["undone"]["reason"] for one in undone] == ["clock advance", "clock change", "clock change"]
    assert [one["clock"]["mode"] for one in undone] == ["running", "frozen", "frozen"]
    assert [len(one["left"]) for one in undone] == [2, 1, 0]
    assert undone[1]["clock"]["now"] == "2014-04-01T00:00:00Z"
    assert undone[2]["undone"]["at"] == undone[2]["clock"]["now"] == "2014-03-03T09:00:00Z"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/clock/advance", {"to": "2013-01-01"}),
        ("PUT", "/clock", {"now": "2013-01-01"}),
        ("POST", "/clock/advance", {"to_next": "expiry"}),
    ],
)
def test_what_was_refused_need_not_be_undone(wire: Wire, method: str, path: str, body: dict[str, Any]) -> None:
    """A change that never was has no checkpoint."""
    assert wire.control(method, path, body).status_code == 409

    expect_problem(wire.control("POST", "/undo"), 409, "nothing-to-undo")


def test_an_import_is_undone_as_a_whole(wire: Wire) -> None:
    """Also one that came in parts: only the first part takes a checkpoint."""
    create_customer(wire)
    rows = [f"R{n},1234567,Acme GmbH,DE,PO-{n},Ann,ann@acme.example,D0AAALL,1,31-DEC-2014\n" for n in range(2)]
    for first, row in ((1, rows[0]), (3, rows[1])):
        path = f"{ORDERS}/import?file=q1.csv&first_row={first}"
        wire.value(wire.call("POST", path, (CSV + row).encode(), PRODUCER, headers={"Content-Type": "text/csv"}))

    undone = undo(wire)

    assert undone["undone"]["reason"] == "import q1.csv"
    assert undone["left"] == []
    assert wire.value(wire.get(ORDERS, PRODUCER)) == []


def test_a_play_is_undone_as_a_whole(wire: Wire) -> None:
    """The changes of the clock within a case are a part of it."""
    wire.value(wire.control("POST", "/scenarios/10/link-expired/arrange"))
    wire.value(wire.control("POST", "/scenarios/10/link-expired/play"))

    undone = [undo(wire) for _ in range(2)]

    assert [one["undone"]["reason"] for one in undone] == ["play 10/link-expired", "arrange 10/link-expired"]
    assert wire.value(wire.get("/_sim/events")) == []


def test_controls_of_snapshots_must_be_json(wire: Wire) -> None:
    """A web page elsewhere cannot make them."""
    for method, path in (("PUT", "/snapshots/one"), ("POST", "/snapshots/one/load"), ("POST", "/undo")):
        expect_problem(wire.call(method, f"/_sim{path}"), 415, "not-json")
