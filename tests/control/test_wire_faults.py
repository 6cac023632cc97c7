"""Faults of the wire: latency, statuses, connections that end, answers that are lost after the work."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from lkc.world import waiting
from lkc.world.injecting import ConnectionDropped
from tests.builders import book, expect_problem
from tests.wire import PRODUCER, Wire

ORDERS, CATALOGUE, MAILS = "/ordering/api/v1/orders", "/ordering/api/v1/catalogue", "/mail/api/v1/messages"


def fault(wire: Wire, kind: str, **values: Any) -> int:
    """Orders a fault, everywhere if nothing else is said, and gives its id."""
    made = wire.value(wire.control("POST", "/faults", {"kind": kind, "system": "*", **values}), 201)
    return int(made["id"])


def counts(wire: Wire) -> list[tuple[int, int]]:
    """How often each fault met and acted."""
    return [(one["met"], one["injected"]) for one in wire.value(wire.get("/_sim/faults"))]


def journal(wire: Wire) -> list[dict[str, Any]]:
    """What was called."""
    entries: list[dict[str, Any]] = wire.value(wire.get("/_sim/requests"))
    return entries


def test_a_status_is_answered_as_often_as_ordered(wire: Wire) -> None:
    """Before any work, as a problem with Retry-After, marked in the answer and the journal, counted also for reads."""
    fault(wire, "status", status=503, system="mail", times=2)

    first, second, third = (wire.get(MAILS) for _ in range(3))

    assert expect_problem(first, 503, "injected-fault")["fault"] == "status"
    assert (first.headers["X-LKC-Fault"], first.headers["Retry-After"]) == ("status", "1")
    assert (second.status_code, third.status_code) == (503, 200)
    assert "X-LKC-Fault" not in third.headers
    assert counts(wire) == [(2, 2)]
    assert [entry["faults"] for entry in journal(wire)] == [["status"], ["status"], []]


def test_an_order_that_meets_a_status_is_not_booked(wire: Wire) -> None:
    """Nothing was done."""
    book(wire)
    fault(wire, "status", status=500, operation="create_order")

    response = wire.post(ORDERS, {}, PRODUCER)

    assert "Retry-After" not in response.headers
    expect_problem(response, 500, "injected-fault")
    assert len(wire.value(wire.get(ORDERS, PRODUCER))) == 1


@pytest.mark.parametrize("status", [400, 418, 429, 520, 599])
def test_any_status_of_an_error_can_be_ordered(wire: Wire, status: int) -> None:
    """Also one that nobody has defined."""
    fault(wire, "status", status=status, retry_after=7)

    assert wire.get(CATALOGUE).headers["Retry-After"] == "7"
    assert wire.get(CATALOGUE).status_code == status


@pytest.mark.parametrize("operation", ["list_orders", "GET /ordering/api/v1/orders"])
def test_a_fault_acts_in_its_operation_only(wire: Wire, operation: str) -> None:
    """By name or by method and path; HEAD is GET; unknown paths are no operation."""
    fault(wire, "status", status=502, system="ordering", operation=operation)

    assert wire.get(ORDERS, PRODUCER).status_code == 502
    assert wire.call("HEAD", ORDERS, None, PRODUCER).status_code == 502
    assert wire.get(f"{ORDERS}/nowhere", PRODUCER).status_code == 404
    assert wire.get("/ordering/api/v1/nowhere", PRODUCER).status_code == 404
    assert wire.get("/lkc/api/v1/orders", PRODUCER).status_code == 200


def test_operations_have_names_that_are_listed(wire: Wire) -> None:
    """With method and path; each name once in a system, and no control among them."""
    found = wire.value(wire.get("/_sim/faults/operations"))
    mine = wire.value(wire.get("/_sim/faults/operations?system=ordering"))

    assert {"system": "ordering", "operation": "list_orders", "method": "GET", "path": ORDERS} in mine
    assert {one["system"] for one in mine} == {"ordering"}
    names = [(one["system"], one["operation"]) for one in found]
    assert len(set(names)) == len(names)
    assert not [one for one in found if one["path"].startswith("/_sim")]


def test_kinds_are_listed(wire: Wire) -> None:
    """With the systems and the settings of each."""
    kinds = {one["kind"]: one for one in wire.value(wire.get("/_sim/faults/kinds"))}

    assert set(kinds) == {
        "latency", "status", "drop-connection", "truncate", "after-commit",
        "mail-bounce", "mail-spam", "mail-delay", "feed-lost", "feed-delay",
    }  # fmt: skip
    assert kinds["status"]["needs"] == ["status"]
    assert kinds["mail-bounce"]["systems"] == ["mail"]


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"kind": "status", "status": 503}, "system", "or * for all"),
        ({"kind": "status", "status": 503, "system": "mars"}, "system", "one of ordering"),
        ({"kind": "status", "system": "*"}, "status", "needs it"),
        ({"kind": "status", "system": "*", "status": 200}, "status", "400"),
        ({"kind": "latency", "system": "*", "ms": 60_001}, "ms", "60000"),
        ({"kind": "latency", "system": "*", "ms": 1, "to": "x@y.example"}, "to", "no such setting"),
        ({"kind": "truncate", "system": "*", "close": True}, "close", "no such setting"),
        ({"kind": "truncate", "system": "ordering", "operation": "list_order"}, "operation", "list_orders"),
        ({"kind": "truncate", "system": "*", "operation": "qqqqqq"}, "operation", "/_sim/faults/operations"),
    ],
)
def test_a_fault_of_the_wire_that_makes_no_sense_is_refused(
    wire: Wire, values: dict[str, object], field: str, told: str
) -> None:
    """The mistake is named with the way out; an operation that there is not with those that look like it."""
    errors = expect_problem(wire.control("POST", "/faults", values), 422, "validation")["errors"]

    assert [told in mistake["message"] for mistake in errors if mistake["field"] == field] == [True]


def test_an_answer_is_lost_after_the_order_was_booked(wire: Wire) -> None:
    """The order is there, the answer is a 502; a call that is refused has no answer to lose."""
    book(wire)
    order = wire.value(wire.get(ORDERS, PRODUCER))[0]
    body = {name: order[name] for name in ("icn", "purchase_order", "contact", "registered_end_users")}
    body["lines"] = [{"part_number": "D0G04LL", "quantity": 1, "expiration_date": "31-DEC-2014"}]
    fault(wire, "after-commit", system="ordering", operation="create_order", times=1)

    assert wire.post(ORDERS, {}, PRODUCER).status_code == 422
    lost = wire.post(ORDERS, body, PRODUCER)

    assert "Look what has become of it" in expect_problem(lost, 502, "injected-fault")["remedy"]
    assert wire.post(ORDERS, body, PRODUCER).status_code == 201
    assert len(wire.value(wire.get(ORDERS, PRODUCER))) == 3
    assert counts(wire) == [(1, 1)]


def test_a_connection_is_dropped_before_the_work(wire: Wire) -> None:
    """Within one process that is an exception; nothing was done, and the journal has no status."""
    fault(wire, "drop-connection", system="ordering", times=1)

    with pytest.raises(ConnectionDropped):
        wire.post("/ordering/api/v1/customers", {"icn": "0012345", "name": "Acme", "country": "DE"}, PRODUCER)

    assert wire.value(wire.get("/ordering/api/v1/customers", PRODUCER)) == []
    assert next((entry["status"], entry["faults"]) for entry in journal(wire)) == (None, ["drop-connection"])


def test_an_answer_may_be_lost_with_its_connection(wire: Wire) -> None:
    """after-commit with `close` does the work and drops the connection."""
    fault(wire, "after-commit", close=True, times=1)

    with pytest.raises(ConnectionDropped):
        wire.post("/ordering/api/v1/customers", {"icn": "0012345", "name": "Acme", "country": "DE"}, PRODUCER)

    assert len(wire.value(wire.get("/ordering/api/v1/customers", PRODUCER))) == 1


def test_half_an_answer_comes(wire: Wire) -> None:
    """With the length of the whole; an answer without a body is no occasion."""
    whole = wire.get(CATALOGUE, PRODUCER)
    fault(wire, "truncate", times=1)
    wire.call("DELETE", MAILS)

    cut = wire.get(CATALOGUE, PRODUCER)

    assert cut.headers["Content-Length"] == whole.headers["Content-Length"]
    assert cut.get_data() == whole.get_data()[: len(whole.get_data()) // 2]
    assert cut.headers["X-LKC-Fault"] == "truncate"


def test_a_long_answer_is_cut_too(wire: Wire) -> None:
    """Also one of which the journal keeps the beginning only."""
    raw = b"From: a@b.example\nTo: ann@acme.example\nSubject: x\n\n" + b"word " * 8000
    wire.call("POST", MAILS, raw)

    response = wire.get(f"{MAILS}/1/raw", headers={"Prefer": "lkc-fault=truncate"})

    assert 8192 < len(response.get_data()) == int(response.headers["Content-Length"]) // 2
    assert journal(wire)[-1]["response"]["whole"] is False


def test_latency_holds_no_lock_and_adds_up(wire: Wire) -> None:
    """Others write meanwhile; several latencies are one after the other, and a status comes at their end."""
    fault(wire, "latency", ms=150, system="mail")
    fault(wire, "latency", ms=150, system="mail")
    fault(wire, "status", status=500, system="mail")
    took: list[float] = []

    def read() -> None:
        began = time.monotonic()
        wire.get(MAILS)
        took.append(time.monotonic() - began)

    thread = threading.Thread(target=read)
    thread.start()
    began = time.monotonic()
    book(wire)
    meanwhile = time.monotonic() - began
    thread.join()

    assert took[0] >= 0.3 > meanwhile
    assert counts(wire) == [(1, 1)] * 3


def test_delayed_calls_are_bounded(wire: Wire) -> None:
    """One more than there are places is refused at once, and told so; the places come free again."""
    threads = [
        threading.Thread(target=lambda: wire.get(MAILS, headers={"Prefer": "lkc-fault=latency; ms=800"}))
        for _ in range(waiting.PLACES)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.4)

    refused = wire.get(MAILS, headers={"Prefer": "lkc-fault=latency; ms=800"})
    for thread in threads:
        thread.join()

    assert "delayed already" in expect_problem(refused, 503, "too-many-delayed")["detail"]
    assert wire.get(MAILS, headers={"Prefer": "lkc-fault=latency; ms=1"}).status_code == 200
