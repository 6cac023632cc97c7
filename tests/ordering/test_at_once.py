"""Booking or changing an order and submitting it in one call, by the rules of the single calls."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import (
    ANN,
    BOB,
    book,
    create_customer,
    expect_problem,
    licenses,
    line,
    mails,
    order,
    person,
    submitted,
)
from tests.wire import PRODUCER, Wire

ORDERS = "/ordering/api/v1/orders"


def kinds(wire: Wire) -> list[str]:
    """What has happened, oldest first."""
    return [event["kind"] for event in wire.value(wire.get("/_sim/events?limit=1000"))]


def test_an_order_is_booked_and_submitted_in_one_call(wire: Wire) -> None:
    """The answer is that of booking, with what a submission answers beside it."""
    create_customer(wire)

    done = wire.value(wire.post(f"{ORDERS}?submit=true", order(), PRODUCER), 201)

    number = done["order_number"]
    assert [(entry["system"], entry["status"]) for entry in done.pop("submissions")] == [("keycenter", "accepted")]
    assert done.pop("mail") == [mail["id"] for mail in reversed(mails(wire))]
    assert done == wire.value(wire.get(f"{ORDERS}/{number}", PRODUCER))
    assert done["status"] == "submitted"
    assert len(licenses(wire, number)) == 1


def test_an_order_is_changed_and_submitted_in_one_call(wire: Wire) -> None:
    """One call cures a wrong order: licenses and mails follow at once."""
    number = submitted(wire, lines=[line(expiration_date="31/12/2014")])["order_number"]
    before = len(mails(wire))
    changes = {"lines": [line(quantity=9)], "contact": person(BOB)}

    done = wire.value(wire.patch(f"{ORDERS}/{number}?submit=true", changes, PRODUCER))

    assert (done["status"], done["submissions"][0]["status"]) == ("submitted", "accepted")
    assert [(entry["quantity"], entry["expiration_date"]) for entry in licenses(wire, number)] == [(9, "31-DEC-2014")]
    assert [mail["to"] for mail in reversed(mails(wire)[:-before])] == [BOB, ANN]
    assert kinds(wire)[-5:-3] == ["order-changed", "order-submitted"]


def test_a_change_that_changes_nothing_is_submitted_all_the_same(wire: Wire) -> None:
    """As with the single calls, who asks for a submission gets one."""
    number = book(wire)["order_number"]

    done = wire.value(wire.patch(f"{ORDERS}/{number}?submit=true", {}, PRODUCER))

    assert (done["status"], len(done["mail"])) == ("submitted", 2)


@pytest.mark.parametrize("query", ["", "?submit=false"])
def test_without_the_word_nothing_is_submitted(wire: Wire, query: str) -> None:
    """The answers are as they were, and nobody is written to."""
    create_customer(wire)

    booked = wire.value(wire.post(f"{ORDERS}{query}", order(), PRODUCER), 201)
    changed = wire.value(wire.patch(f"{ORDERS}/{booked['order_number']}{query}", {"purchase_order": "X"}, PRODUCER))

    assert booked.keys() == changed.keys() == set(wire.value(wire.get(ORDERS, PRODUCER))[0])
    assert mails(wire) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [({"lines": [line(part_number="NOPE")]}, 422, "validation"), ({"icn": "9999999"}, 422, "validation")],
)
def test_what_is_refused_is_not_submitted(wire: Wire, body: dict[str, Any], status: int, code: str) -> None:
    """Neither half is done where one cannot be."""
    number = book(wire)["order_number"]
    before = kinds(wire)

    responses = [
        wire.patch(f"{ORDERS}/{number}?submit=true", body, PRODUCER),
        wire.post(f"{ORDERS}?submit=true", order(**body), PRODUCER),
        wire.post(f"{ORDERS}?submit=perhaps", order(), PRODUCER),
    ]

    for response in responses:
        expect_problem(response, status, code)
    assert kinds(wire) == before


def test_a_cancelled_order_is_neither_changed_nor_submitted(wire: Wire) -> None:
    """One call has no more rights than two."""
    number = book(wire)["order_number"]
    wire.value(wire.post(f"{ORDERS}/{number}/cancel", None, PRODUCER))

    expect_problem(wire.patch(f"{ORDERS}/{number}?submit=true", {}, PRODUCER), 409, "already-cancelled")
    expect_problem(wire.patch(f"{ORDERS}/nothing?submit=true", {}, PRODUCER), 404, "unknown-order")
    expect_problem(wire.patch(f"{ORDERS}/{number}?submit=true", {}, None), 401, "invalid-credentials")
