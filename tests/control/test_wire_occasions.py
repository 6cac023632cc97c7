"""When faults of the wire act, whom they leave alone, and what a call may ask for itself."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.app import Landscape
from lkc.world.store import Origin
from tests.builders import expect_problem, submitted
from tests.control.test_wire_faults import MAILS, counts, fault, journal
from tests.wire import PRODUCER, Wire


@pytest.mark.parametrize(
    ("values", "became"),
    [
        ({"every": 3}, "..x..x"),
        ({"every": 2, "times": 1}, ".x...."),
        ({"until": "2014-03-03T09:02:00Z"}, "xxx..."),
        ({"until": "2014-03-03"}, None),
        ({"until": "2014-03-04"}, "xxxxxx"),
        ({"probability": 0}, "......"),
    ],
)
def test_faults_of_the_wire_act_as_often_as_ordered(wire: Wire, values: dict[str, Any], became: str | None) -> None:
    """`times`, `every`, `until` by the world's clock and `probability` are exact."""
    if became is None:
        expect_problem(
            wire.control("POST", "/faults", {"kind": "truncate", "system": "*", **values}), 422, "validation"
        )
        return
    fault(wire, "status", status=503, **values)

    seen = ""
    for _ in range(6):
        seen += "x" if wire.get(MAILS).status_code == 503 else "."
        wire.control("POST", "/clock/advance", {"minutes": 1})

    assert seen == became


def test_chance_on_the_wire_follows_from_the_seed(landscape: Landscape) -> None:
    """The same seed draws the same calls."""
    drawn = []
    for name in ("wire-a", "wire-b"):
        landscape.store.create(name, Origin(seed=4))
        wire = Wire(landscape, name)
        fault(wire, "status", status=503, probability=0.5)
        drawn.append([wire.get(MAILS).status_code for _ in range(20)])
        landscape.store.delete(name)

    assert drawn[0] == drawn[1]
    assert set(drawn[0]) == {200, 503}


def test_controls_are_never_met(wire: Wire) -> None:
    """So that a fault can always be taken back; nor is the start page."""
    number = fault(wire, "status", status=503)

    assert [wire.get(path).status_code for path in ("/_sim/health", "/_sim/ready", "/")] == [200, 200, 200]
    assert wire.delete(f"/_sim/faults/{number}").status_code == 204
    assert wire.get(MAILS).status_code == 200


def test_faults_go_with_their_world(wire: Wire) -> None:
    """A fork has them with their counters, a reset takes them back."""
    fault(wire, "status", status=503, times=3)
    wire.get(MAILS)
    wire.value(wire.control("POST", f"/worlds/{wire.world}/fork", {"name": f"{wire.world}-fork"}), 201)
    fork = Wire(wire.landscape, f"{wire.world}-fork")
    wire.control("POST", f"/worlds/{wire.world}/reset")

    assert counts(fork) == [(1, 1)]
    assert [fork.get(MAILS).status_code for _ in range(3)] == [503, 503, 200]
    assert wire.get(MAILS).status_code == 200
    wire.landscape.store.delete(fork.world)


@pytest.mark.parametrize(
    ("header", "status", "marked"),
    [
        ("lkc-fault=status; status=503", 503, "status"),
        ('respond-async, LKC-Fault="status";status="503"; Retry_After=9', 503, "status"),
        ("lkc-fault=latency; ms=1, lkc-fault=status; status=410", 410, "latency, status"),
        ("lkc-fault=after-commit; close=false", 502, "after-commit"),
        ("return=minimal", 200, None),
    ],
)
def test_a_call_can_ask_for_a_fault_of_its_own(wire: Wire, header: str, status: int, marked: str | None) -> None:
    """By the header Prefer, also at a control; it is in no list, and hits that call alone."""
    for path in (MAILS, "/_sim/clock"):
        response = wire.get(path, headers={"Prefer": header})
        assert (response.status_code, response.headers.get("X-LKC-Fault")) == (status, marked)
    assert wire.get(MAILS).status_code == 200
    assert counts(wire) == []


@pytest.mark.parametrize(
    "wish",
    [
        "earthquake",
        "",
        "status",
        "status; status=200",
        "status; status=x",
        "latency; ms=1; to=x",
        "after-commit; close=1",
    ],
)
def test_a_wrong_wish_is_refused(wire: Wire, wish: str) -> None:
    """With the kinds that there are; nothing was done."""
    body = {"icn": "0012345", "name": "Acme", "country": "DE"}
    response = wire.post("/ordering/api/v1/customers", body, PRODUCER, headers={"Prefer": f"lkc-fault={wish}"})

    assert expect_problem(response, 400, "wrong-preference")["kinds"][0] == "latency"
    assert wire.value(wire.get("/ordering/api/v1/customers", PRODUCER)) == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [("status", {"status": 503}), ("drop-connection", {}), ("truncate", {}), ("after-commit", {"close": True})],
)
def test_products_keep_what_they_have_when_the_token_service_fails(
    wire: Wire, kind: str, values: dict[str, Any]
) -> None:
    """Whatever happens to the nested call, the retrieval is refused sensibly, and prompted again it works."""
    submitted(wire, lines=[{"part_number": "D0SP2LL", "quantity": 5, "expiration_date": "31-DEC-2014"}])
    token = wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))[0]["token"]
    box = wire.value(wire.post("/products/api/v1/installations", {"kind": "siteprotector", "name": "Console"}), 201)[
        "id"
    ]
    at = f"/products/api/v1/installations/{box}"
    wire.post(f"{at}/tokens", {"token": token})
    wire.value(wire.post(f"{at}/retrieve"))
    before = wire.value(wire.get(f"{at}/license-view"))
    fault(wire, kind, system="onetrust", operation="retrieve_by_token", times=1, **values)

    failed = wire.post(f"{at}/retrieve", headers={"X-Request-Id": "prompt-1"})

    assert expect_problem(failed, 502, "token-service-failed")["detail"].startswith("The token service")
    assert wire.value(wire.get(f"{at}/license-view"))["licenses"] == before["licenses"]
    assert wire.post(f"{at}/retrieve").status_code == 200
    calls = [entry for entry in journal(wire) if entry["request_id"] == "prompt-1"]
    assert [(entry["system"], entry["nested"]) for entry in calls] == [("onetrust", True), ("products", False)]
