"""Orders that never came, came late, came differently, or were taken back."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.feed import KEY_FILE, ONETRUST
from lkc.ordering.facts import on_its_way
from lkc.ordering.models import BookedOrder, Status
from lkc.world.clock import stamp
from lkc.world.timeline import latest_event
from onetrust.tokens.facts import received_submission

SYSTEMS = {KEY_FILE: "keycenter", ONETRUST: "onetrust"}


def not_submitted(case: Case) -> Iterator[Finding]:
    """An order that is only booked has reached nobody (documented: swg21610380)."""
    for order in case.orders:
        if order.booked is not None and order.booked.status is Status.BOOKED:
            yield Finding(
                question=7,
                code="order-not-submitted",
                statement=f"Order {order.number} was booked and never submitted: no delivery system knows of it.",
                evidence=(_state(order.booked),),
                remedy="Have the order submitted.",
                action=_submission(order.number),
            )


def lost_on_the_way(case: Case) -> Iterator[Finding]:
    """The order system handed an order over, and the delivery system never got it (Q7)."""
    for order, booked, delivery in _handed_over(case):
        if _received(case, order, delivery) < booked.document.submission and not _is_on_its_way(case, order, delivery):
            system = SYSTEMS[delivery]
            event = latest_event(case.world, "feed-lost", order_number=order.number, to=system)
            yield Finding(
                question=7,
                code="feed-lost",
                statement=f"Order {order.number} was submitted, but never arrived at {system}.",
                evidence=(_state(booked), *((told(event),) if event else ())),
                remedy="Have the order submitted again.",
                action=_submission(order.number),
            )


def still_on_the_way(case: Case) -> Iterator[Finding]:
    """The order document is held up between two systems."""
    for order in case.orders:
        for document in on_its_way(case.world, order.number):
            moment = stamp(document.arrives_at)
            yield Finding(
                question=7,
                code="feed-delayed",
                statement=f"Order {order.number} is on its way to {document.system} and arrives at {moment}.",
                evidence=(Evidence("ordering", f"due at {document.system} at {moment}"),),
                remedy="Wait until it has arrived.",
                action=Action("POST", "/_sim/clock/advance", {"to": moment}, "nobody"),
            )


def not_resubmitted(case: Case) -> Iterator[Finding]:
    """A change reaches the delivery systems only when the order is submitted again (documented: swg21610380)."""
    for order in case.orders:
        if order.booked is None or order.booked.status is not Status.CHANGED:
            continue
        event = latest_event(case.world, "order-changed", order_number=order.number)
        yield Finding(
            question=7,
            code="change-not-resubmitted",
            statement=f"Order {order.number} was changed in the order system and not submitted again since: the "
            "delivery systems work with what they had before.",
            evidence=(_state(order.booked), *((told(event),) if event else ())),
            remedy="Have the order submitted again.",
            action=_submission(order.number),
        )


def cancelled(case: Case) -> Iterator[Finding]:
    """A cancelled and refunded order stays to be seen, with quantity 0 (documented: Q14)."""
    for order in case.orders:
        if order.is_cancelled:
            event = latest_event(case.world, "order-cancelled", order_number=order.number)
            yield Finding(
                question=14,
                code="order-cancelled",
                statement=f"Order {order.number} was cancelled and refunded, so each of its lines has quantity 0.",
                evidence=(told(event) if event else Evidence("keycenter", f"order {order.number} came as cancelled"),),
                remedy="Nothing can be generated from it; if the product is needed after all, order it anew.",
            )


def _state(booked: BookedOrder) -> Evidence:
    handed_to = ", ".join(booked.handed_to) or "nobody"
    return Evidence("ordering", f"order {booked.number} is {booked.status.value}; it was handed to: {handed_to}")


def _submission(number: str) -> Action:
    return Action("POST", f"/ordering/api/v1/orders/{number}/submit")


def _handed_over(case: Case) -> Iterator[tuple[OrderCase, BookedOrder, str]]:
    """Each order that has been submitted, with each delivery that it has lines for."""
    for order in case.orders:
        booked = order.booked
        if booked is not None and booked.document.submission > 0:
            for delivery in SYSTEMS:
                if booked.document.has(delivery):
                    yield order, booked, delivery


def _received(case: Case, order: OrderCase, delivery: str) -> int:
    """The number of the submission that a delivery system received last; 0 for none."""
    if delivery == KEY_FILE:
        return 0 if order.received is None else order.received.submission
    return received_submission(case.world, order.number) or 0


def _is_on_its_way(case: Case, order: OrderCase, delivery: str) -> bool:
    return any(document.system == SYSTEMS[delivery] for document in on_its_way(case.world, order.number))
