"""Orders of which something was lost, overtaken or taken back: what the systems have, and no more than that."""

from __future__ import annotations

from lkc.world.session import Access
from lkc.world.timeline import LOOKED_THROUGH
from tests.builders import change, licenses, line, part, submit, submitted
from tests.explain.asking import cure, explained
from tests.wire import PRODUCER, Wire

ONETRUST = part("onetrust")


def lose(wire: Wire, system: str = "keycenter") -> None:
    """The next document to a system gets lost."""
    wire.value(wire.control("POST", "/faults", {"kind": "feed-lost", "to": system, "times": 1}), 201)


def delay(wire: Wire) -> None:
    """The next document to the key center comes 90 minutes late."""
    values = {"kind": "feed-delay", "to": "keycenter", "minutes": 90, "times": 1}
    wire.value(wire.control("POST", "/faults", values), 201)


def cancel(wire: Wire, number: str) -> None:
    """Cancels an order."""
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))


def test_a_lost_resubmission_leaves_an_earlier_state(wire: Wire) -> None:
    """The order did arrive once; what is lost is the later submission, and the evidence says which one is there."""
    number = submitted(wire)["order_number"]
    change(wire, number, purchase_order="PO-9")
    lose(wire)
    submit(wire, number)

    lost = explained(wire, order_number=number)["feed-lost"]
    cure(wire, lost)

    assert "never" not in lost["statement"]
    assert "earlier state" in lost["statement"]
    assert f"submission 1 of order {number}; 2 is the last" in [one["fact"] for one in lost["evidence"]]
    assert "feed-lost" not in explained(wire, order_number=number)


def test_an_overtaken_document_is_not_waited_for(wire: Wire) -> None:
    """What comes after a later submission is left aside: it explains nothing."""
    delay(wire)
    number = submitted(wire)["order_number"]
    submit(wire, number)

    assert list(explained(wire, order_number=number)) == ["license-ready"]


def test_a_document_on_its_way_does_not_hide_a_later_one_that_is_lost(wire: Wire) -> None:
    """The first submission will come, the second never."""
    delay(wire)
    number = submitted(wire)["order_number"]
    lose(wire)
    submit(wire, number)

    found = explained(wire, order_number=number)

    assert list(found) == ["feed-lost", "feed-delayed"]
    assert "only an earlier one will" in found["feed-lost"]["statement"]
    cure(wire, found["feed-delayed"])
    assert "earlier state" in explained(wire, order_number=number)["feed-lost"]["statement"]


def test_a_lost_cancellation_is_told_as_such(wire: Wire) -> None:
    """The key center still generates, and nobody says that it cannot."""
    number = submitted(wire)["order_number"]
    lose(wire)
    cancel(wire, number)

    found = explained(wire, order_number=number)

    assert list(found)[:2] == ["feed-lost", "order-cancelled"]
    assert "cancellation" in found["feed-lost"]["statement"]
    assert "not arrived at the key center" in found["order-cancelled"]["statement"]
    assert licenses(wire, number)[0]["quantity"] == 5
    cure(wire, found["feed-lost"])
    [done] = explained(wire, order_number=number).values()
    assert (done["code"], "quantity 0" in done["statement"]) == ("order-cancelled", True)


def test_a_dead_order_is_handed_over_to_nobody(wire: Wire) -> None:
    """Lost at first and cancelled then: there is nothing to submit again."""
    lose(wire)
    number = submitted(wire)["order_number"]
    cancel(wire, number)

    assert list(explained(wire, order_number=number)) == ["order-cancelled"]


def test_a_license_of_a_cancelled_order_is_never_called_not_cancelled(wire: Wire) -> None:
    """Also where the cancellation has not arrived."""
    first = submitted(wire)["order_number"]
    zero = submitted(wire, lines=[line(quantity=0)])["order_number"]
    cancel(wire, first)
    lose(wire)
    cancel(wire, zero)

    for number in (first, zero):
        license_ = licenses(wire, number)[0]["license_id"]
        assert "quantity-zero" not in explained(wire, license_id=license_)
        assert "order-cancelled" in explained(wire, license_id=license_)


def test_a_line_that_was_dropped_is_missed_where_the_document_is_lost(wire: Wire) -> None:
    """The token service goes on to entitle to it, although the order has no line for it any more."""
    number = submitted(wire, lines=[line(), line(part_number=ONETRUST)])["order_number"]
    lose(wire, "onetrust")
    path = f"/ordering/api/v1/orders/{number}?submit=true"
    wire.value(wire.patch(path, {"lines": [line()]}, PRODUCER))

    assert "OneTrust" in explained(wire, order_number=number)["feed-lost"]["statement"]


def test_a_rejected_line_is_told_as_long_as_the_order_says_so(wire: Wire) -> None:
    """By what the order says and what has arrived; a change that is not submitted leaves the rejection standing."""
    number = submitted(wire, lines=[line(part_number=ONETRUST, expiration_date="31/12/2014")])["order_number"]

    told = explained(wire, order_number=number)["entitlement-rejected"]
    change(wire, number, lines=[line(part_number=ONETRUST)])
    waiting = explained(wire, order_number=number)
    submit(wire, number)

    assert "Expiration Date of line 1 is '31/12/2014'" in told["statement"]
    assert next(iter(waiting)) == "change-not-resubmitted"
    assert "entitlement-rejected" in waiting
    assert "entitlement-rejected" not in explained(wire, order_number=number)


def test_what_is_not_submitted_was_not_rejected(wire: Wire) -> None:
    """A wrong date that is in the order system alone, or got lost, has met nobody's refusal."""
    number = submitted(wire, lines=[line(part_number=ONETRUST)])["order_number"]
    change(wire, number, lines=[line(part_number=ONETRUST, expiration_date="31/12/2014")])

    changed = explained(wire, order_number=number)
    lose(wire, "onetrust")
    submit(wire, number)

    assert "entitlement-rejected" not in changed
    assert "entitlement-rejected" not in explained(wire, order_number=number)


def test_an_accepted_order_that_is_changed_again_has_no_rejected_line(wire: Wire) -> None:
    """The rejection of long ago was followed by a submission that was taken."""
    number = submitted(wire, lines=[line(part_number=ONETRUST, expiration_date="31/12/2014")])["order_number"]
    change(wire, number, lines=[line(part_number=ONETRUST)])
    submit(wire, number)
    change(wire, number, purchase_order="PO-9")

    assert "entitlement-rejected" not in explained(wire, order_number=number)


def test_what_was_refused_is_remembered_over_a_large_import(wire: Wire) -> None:
    """More events than anybody looks through come between: the rejection and its event are still found."""
    number = submitted(wire, lines=[line(part_number=ONETRUST, expiration_date="31/12/2014")])["order_number"]
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        for _ in range(LOOKED_THROUGH + 1):
            world.record("ordering", "order-booked", "An order was booked.")

    told = explained(wire, order_number=number)["entitlement-rejected"]

    assert any("request_id" in one for one in told["evidence"])


def test_a_document_that_travelled_before_a_change_counts_where_nothing_came_since(wire: Wire) -> None:
    """The key center keeps nothing of a document without a line for it, so the delayed one before it is taken in.

    The next submission withdraws its licenses; until then the order is told to be behind.
    """
    delay(wire)
    number = submitted(wire)["order_number"]
    change(wire, number, lines=[line(part_number=ONETRUST)])
    submit(wire, number)
    wire.value(wire.control("POST", "/clock/advance", {"hours": 2}))

    found, before = explained(wire, order_number=number), licenses(wire, number)
    cure(wire, found["feed-lost"])

    assert [one["quantity"] for one in before] != [0]
    assert [one for one in licenses(wire, number) if one["quantity"]] == []
    assert "feed-lost" not in explained(wire, order_number=number)
