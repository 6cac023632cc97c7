"""Order documents over HTTP: one set of forms and bounds, whichever delivery system takes them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import expect_problem, licenses
from tests.ordering.test_resubmission import document
from tests.wire import PRODUCER, Wire

FEEDS = ["/lkc/api/v1/feed", "/onetrust/api/v1/feed"]


def lines(*quantities: int, **values: Any) -> list[dict[str, Any]]:
    """Lines with these quantities, of both kinds."""
    kept = document()["lines"]
    return [{**line, "quantity": quantity, **values} for line, quantity in zip(kept, quantities, strict=True)]


@pytest.mark.parametrize("feed", FEEDS)
def test_a_cancelled_document_has_no_quantities(wire: Wire, feed: str) -> None:
    """A document that contradicts itself is refused with its line, and nothing of it is taken in."""
    response = wire.post(feed, document(cancelled=True, lines=lines(0, 9)), PRODUCER)

    mistakes = expect_problem(response, 422, "validation")["errors"]
    assert [mistake["field"] for mistake in mistakes] == ["lines[1].quantity"]
    assert wire.value(wire.get("/lkc/api/v1/accounts", PRODUCER)) == []
    assert wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER)) == []
    assert wire.value(wire.post(feed, document(cancelled=True, lines=lines(0, 0)), PRODUCER))["status"] == "accepted"


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"icn": "no digits!"}, "icn"),
        ({"icn": "123"}, "icn"),
        ({"order_number": "A/B"}, "order_number"),
        ({"order_number": ".."}, "order_number"),
        ({"order_number": "a?b"}, "order_number"),
        ({"order_number": "A" * 41}, "order_number"),
        ({"purchase_order": "P" * 81}, "purchase_order"),
        ({"lines": lines(1, 1, part_number="P" * 41)}, "lines[0].part_number"),
        ({"lines": lines(1, 1, serial_number="S" * 61)}, "lines[0].serial_number"),
    ],
)
def test_a_document_keeps_to_the_forms_of_orders(wire: Wire, feed: str, values: dict[str, Any], field: str) -> None:
    """What no order may hold, or what no path could name later, is refused by both delivery systems."""
    response = wire.post(feed, document(**values), PRODUCER)

    assert expect_problem(response, 422, "validation")["errors"][0]["field"] == field


def test_every_order_that_is_taken_in_can_be_asked_for(wire: Wire) -> None:
    """The numbers of other order systems may have letters, points, bars and strokes."""
    number = "4500_12.b-7"

    wire.value(wire.post(FEEDS[0], document(order_number=number), PRODUCER))

    assert [entry["quantity"] for entry in licenses(wire, number)] == [2]
