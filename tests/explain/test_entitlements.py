"""What is explained of tokens and what they entitle to, by the order, the token or the installation."""

from __future__ import annotations

import pytest

from tests.builders import ICN, line, part, submitted
from tests.explain.asking import cure, explained
from tests.onetrust.products.site import install, token_of
from tests.wire import PRODUCER, Wire

ONETRUST = part("onetrust")


def test_an_order_shows_that_its_box_does_not_reach_the_internet(wire: Wire) -> None:
    """The token was entered, but nothing was ever retrieved: the order's answer names that, and its cures help."""
    order = submitted(wire, lines=[line(part_number=ONETRUST)])["order_number"]
    site = install(wire)
    site.network(None, internet=False)
    wire.post(f"{site.path}/tokens", {"token": token_of(wire, ICN)})

    found = explained(wire, order_number=order)
    for finding in found.values():
        cure(wire, finding)

    assert list(found) == ["no-internet", "not-retrieved"]
    assert list(explained(wire, order_number=order)) == ["nothing-to-do"]


@pytest.mark.parametrize("given", [{"quantity": 0}, {"expiration_date": "31/12/2015"}])
def test_an_order_that_brings_nothing_needs_no_token(wire: Wire, given: dict[str, object]) -> None:
    """A rejected line and quantity 0 entitle to nothing that a token could bring."""
    order = submitted(wire, lines=[line(part_number=ONETRUST, **given)])["order_number"]

    found = explained(wire, order_number=order)

    assert "token-not-entered" not in found
    assert "nothing-to-do" not in found


def test_a_lowered_quantity_is_something_else(wire: Wire) -> None:
    """What is held stands against what is offered now."""
    order = submitted(wire, lines=[line(part_number=ONETRUST, quantity=10)])["order_number"]
    site = install(wire)
    site.enter(token_of(wire, ICN))
    site.prompt("retrieve")
    lines = [{"line_number": 1, "part_number": ONETRUST, "quantity": 4, "expiration_date": "31-DEC-2014"}]
    wire.value(wire.patch(f"/ordering/api/v1/orders/{order}?submit=true", {"lines": lines}, PRODUCER))

    finding = explained(wire, installation=site.id)["not-retrieved"]

    assert "something else than" in finding["statement"]
    facts = [one["fact"] for one in finding["evidence"]]
    assert "now: 4 x" in facts[0]
    assert "holds: 10 x" in facts[1]
