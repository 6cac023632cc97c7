"""Orders that are handed over more than once: cancelled ones, and documents that come too late."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import (
    book,
    change,
    expect_problem,
    licenses,
    line,
    mails,
    part,
    person,
    submit,
    submitted,
)
from tests.wire import PRODUCER, Wire

ORDERS = "/ordering/api/v1/orders"
BOTH = [line(quantity=1), line(part_number=part("onetrust"), quantity=1)]


def cancel(wire: Wire, number: str) -> None:
    """Cancels an order."""
    wire.value(wire.post(f"{ORDERS}/{number}/cancel", None, PRODUCER))


def delay(wire: Wire, system: str) -> None:
    """Holds the next order document to a system up for an hour."""
    wire.value(wire.control("POST", "/faults", {"kind": "feed-delay", "to": system, "minutes": 60, "times": 1}), 201)


def quantities(wire: Wire, number: str) -> tuple[list[int], list[int]]:
    """What the key center and the token service have of an order; nothing of quantity 0 is retrieved."""
    token = wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))[0]["token"]
    retrieved = wire.value(wire.get(f"/onetrust/api/v1/tokens/{token}/entitlements"))["entitlements"]
    return (
        [entry["quantity"] for entry in licenses(wire, number)],
        [entry["quantity"] for entry in retrieved],
    )


def outdated(wire: Wire) -> list[str]:
    """The systems that left a document aside."""
    events = wire.value(wire.get("/_sim/events?limit=1000"))
    return [event["system"] for event in events if event["kind"] == "document-outdated"]


def test_a_cancelled_order_is_submitted_again_without_a_mail(wire: Wire) -> None:
    """Where the cancellation got lost, submitting again hands the quantity 0 over, and nobody is written to."""
    number = submitted(wire, lines=BOTH)["order_number"]
    wire.value(wire.control("POST", "/faults", {"kind": "feed-lost", "to": "keycenter", "times": 1}), 201)
    cancel(wire, number)
    before = len(mails(wire))
    assert quantities(wire, number) == ([1], [])

    done = submit(wire, number)

    assert [entry["status"] for entry in done["submissions"]] == ["accepted", "accepted"]
    assert done["mail"] == []
    assert len(mails(wire)) == before
    assert quantities(wire, number) == ([0], [])
    assert wire.value(wire.get(f"{ORDERS}/{number}", PRODUCER))["status"] == "cancelled"


def test_of_a_cancelled_order_no_notice_is_given(wire: Wire) -> None:
    """A mail that says an order was processed would be wrong, whether the order was submitted before or not."""
    for number in (submitted(wire)["order_number"], book(wire)["order_number"]):
        cancel(wire, number)
        before = len(mails(wire))

        notice = wire.post(f"{ORDERS}/{number}/notice", None, PRODUCER)

        assert expect_problem(notice, 409, "already-cancelled")["question"] == 14
        assert len(mails(wire)) == before


@pytest.mark.parametrize("system", ["keycenter", "onetrust"])
@pytest.mark.parametrize("later", ["changed", "cancelled"])
def test_a_document_that_was_overtaken_is_left_aside(wire: Wire, system: str, later: str) -> None:
    """A delayed document that comes after a later one of its order brings no old quantity back."""
    number = submitted(wire, lines=BOTH)["order_number"]
    delay(wire, system)
    submit(wire, number)
    if later == "cancelled":
        cancel(wire, number)
    else:
        change(wire, number, lines=[{**entry, "quantity": 9} for entry in BOTH])
        submit(wire, number)
    expected = quantities(wire, number)
    before = len(mails(wire))

    wire.value(wire.control("POST", "/clock/advance", {"minutes": 61}))

    assert quantities(wire, number) == expected == (([0], []) if later == "cancelled" else ([9], [9]))
    assert outdated(wire) == [system]
    assert len(mails(wire)) == before


@pytest.mark.parametrize("system", ["keycenter", "onetrust"])
def test_the_first_document_may_be_the_one_that_is_overtaken(wire: Wire, system: str) -> None:
    """An order that a system has first met by its second submission keeps what that one said."""
    number = book(wire, lines=BOTH)["order_number"]
    delay(wire, system)
    submit(wire, number)
    change(wire, number, lines=[{**entry, "quantity": 9} for entry in BOTH])
    submit(wire, number)

    wire.value(wire.control("POST", "/clock/advance", {"minutes": 61}))

    assert quantities(wire, number) == ([9], [9])
    assert outdated(wire) == [system]


@pytest.mark.parametrize("feed", ["/lkc/api/v1/feed", "/onetrust/api/v1/feed"])
def test_a_document_over_http_may_carry_its_number(wire: Wire, feed: str) -> None:
    """An older number is rejected with the reason; the same number, a higher one or none is taken."""
    seen = []
    for submission in ({"submission": 2}, {"submission": 1}, {}, {"submission": 1}, {"submission": 2}):
        receipt = wire.value(wire.post(feed, document(**submission), PRODUCER))
        seen.append(receipt["status"])

    assert seen == ["accepted", "rejected", "accepted", "rejected", "accepted"]
    expect_problem(wire.post(feed, document(submission=0), PRODUCER), 422, "validation")


def document(**values: Any) -> dict[str, Any]:
    """An order document of an order system that is not ours, with a line of each kind."""
    lines = [
        {
            "line_number": number,
            "part_number": "X-1",
            "product": "X",
            "delivery": delivery,
            "quantity": 2,
            "expiration_date": "31-DEC-2015",
        }
        for number, delivery in enumerate(("key-file", "onetrust"), 1)
    ]
    return {
        "order_number": "S-77",
        "icn": "7654321",
        "customer_name": "Real",
        "contact": person(),
        "lines": lines,
        **values,
    }
