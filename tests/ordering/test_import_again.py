"""Importing a file again: what went in stays, what was corrected goes in, what was only booked can be submitted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.builders import change, mails, order
from tests.ordering.test_import import csv, load, orders, row
from tests.wire import PRODUCER, Wire

NDJSON = "application/x-ndjson"


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    """Orders imported, submitted, already there and refused."""
    return report["imported"], report["submitted"], report["already_there"], report["refused"]


@pytest.mark.parametrize("query", ["", "?file=q1.csv", "?file=Auftr%C3%A4ge%202014%20(1).csv&first_row=601"])
def test_running_an_import_again_books_nothing_twice(wire: Wire, query: str) -> None:
    """Orders with and without a reference are recognised, in files with and without a name."""
    body = csv(row(reference="A"), row(), row())
    load(wire, body, query)

    again = load(wire, body, query)

    assert counts(again) == (0, 0, 3, 0)
    assert len(orders(wire)) == 3


@pytest.mark.parametrize("query", ["?submit=true", "?submit=true&file=q1.csv"])
def test_a_corrected_file_brings_in_the_corrected_orders_alone(wire: Wire, query: str) -> None:
    """Import, correct the named rows, import again: exactly the corrected orders are booked and submitted."""
    bad = [row(reference="B", quantity="x"), row(part_number="NOPE")]
    good = [row(reference="B", quantity="2"), row(purchase_order="PO-2")]
    first = load(wire, csv(row(reference="A"), bad[0], row(), bad[1]), query)
    sent = len(mails(wire))

    second = load(wire, csv(row(reference="A"), good[0], row(), good[1]), query)

    assert counts(first) == (2, 2, 0, 2)
    assert counts(second) == (2, 2, 2, 0)
    assert [entry["lines"][0]["quantity"] for entry in orders(wire)] == [5, 5, 2, 5]
    assert len(mails(wire)) == 2 * sent


def test_orders_that_were_only_booked_are_submitted_by_the_next_import(wire: Wire) -> None:
    """Only booked first and imported properly then, each order is submitted once, as it is now."""
    body = csv(row(reference="A"), row(reference="B"), row())
    load(wire, body, "?file=q1.csv")
    change(wire, orders(wire)[0]["order_number"], purchase_order="PO-CHANGED")

    report = load(wire, body, "?file=q1.csv&submit=true")
    again = load(wire, body, "?file=q1.csv&submit=true")

    assert (counts(report), counts(again)) == ((0, 3, 3, 0), (0, 0, 3, 0))
    assert {entry["status"] for entry in orders(wire)} == {"submitted"}
    assert orders(wire)[0]["purchase_order"] == "PO-CHANGED"
    assert len(mails(wire)) == 6


@pytest.mark.parametrize("submit", [False, True])
@pytest.mark.parametrize(
    ("name", "field", "query"),
    [("A", "reference", ""), ("A", "reference", "file=q1.csv&"), ("", "row", "file=q1.csv&first_row=600&")],
)
def test_an_order_that_changed_in_the_file_is_named(
    wire: Wire, *, name: str, field: str, query: str, submit: bool
) -> None:
    """A known order with other content is not booked again: the row tells what it became and how to change that."""
    load(wire, csv(row(reference=name)), f"?{query}submit={submit}")
    number = orders(wire)[0]["order_number"]

    report = load(wire, csv(row(reference=name, quantity="7")), f"?{query}submit={submit}")

    assert counts(report) == (0, 0, 0, 1)
    assert report["rejected"][0]["field"] == field
    way = f"change that order with PATCH /ordering/api/v1/orders/{number}{'?submit=true' if submit else ''}"
    assert report["rejected"][0]["reason"] == f"was imported as order {number} with other content; {way}"
    assert [entry["lines"][0]["quantity"] for entry in orders(wire)] == [5]


def test_an_order_that_changed_after_its_cancellation_needs_a_name_of_its_own(wire: Wire) -> None:
    """A cancelled order cannot be changed, so that is not what the row is told."""
    load(wire, csv(row(reference="A")))
    number = orders(wire)[0]["order_number"]
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))

    report = load(wire, csv(row(reference="A", quantity="7")))

    assert f"order {number}, which is cancelled; a new order needs another reference" in report["rejected"][0]["reason"]


def test_another_file_is_other_orders(wire: Wire) -> None:
    """The same content under another name, or unnamed in another form, is booked; real feeds repeat themselves."""
    for query in ("", "?file=a.csv", "?file=b.csv"):
        assert load(wire, csv(row(reference="A"), row()), query)["imported"] == 2

    assert load(wire, csv(row(purchase_order="PO-2")))["imported"] == 1


def test_no_file_is_taken_for_another_by_its_name(wire: Wire) -> None:
    """What looks like the inner form of another file's order is a name like any other."""
    load(wire, csv(row(reference="x:row 2")), "?file=a")

    assert load(wire, csv(row()), "?file=a:reference%20x")["imported"] == 1
    assert load(wire, csv(row()), "?file=a%0Areference%0Ax:row%202", status=422)["code"] == "validation"


def test_an_order_may_move_within_its_file(wire: Wire) -> None:
    """By its reference it is recognised wherever it stands, and in either kind of file."""
    load(wire, csv(row(reference="A"), row(reference="B")), "?file=q1")
    entry = {**order(order_date=None), "customer_name": "Acme Holding", "country": "DE", "reference": " B "}
    del entry["order_date"]

    moved = load(wire, csv(row(reference="0"), row(reference="B"), row(reference="A")), "?file=q1")
    other = load(wire, json.dumps(entry).encode(), "?file=q1", NDJSON)

    assert counts(moved) == (1, 0, 2, 0)
    assert counts(other) == (0, 0, 1, 0)


def test_an_empty_reference_is_none(wire: Wire) -> None:
    """Two JSON lines with an empty reference, or a blank one, are two orders."""
    create = {**order(), "customer_name": "Acme Holding", "country": "DE"}
    lines = [json.dumps({**create, "reference": reference}) for reference in ("", "", " ")]
    lines.append(json.dumps({**create, "country": " "}))

    report = load(wire, "\n".join(lines).encode(), media_type=NDJSON)

    assert counts(report) == (4, 0, 0, 0)
