"""Orders that never came, came late, came differently, or were taken back."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.feed import KEY_FILE, ONETRUST
from lkc.ordering.facts import OnItsWay, on_its_way
from lkc.ordering.models import BookedOrder, Status
from lkc.world.clock import stamp

SYSTEMS = {KEY_FILE: "keycenter", ONETRUST: "onetrust"}
NAMES = {"keycenter": "the key center", "onetrust": "OneTrust"}


def not_submitted(case: Case) -> Iterator[Finding]:
    """An order that is only booked has reached nobody (documented: swg21610380)."""
    for order in _all(case):
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
    """The order system handed an order over, and the delivery system never got it, or not the last of it (Q7)."""
    for order, booked, delivery in _handed_over(case):
        system, had = SYSTEMS[delivery], _received(case, order, delivery)
        coming, last = _coming(case, order, delivery), booked.document.submission
        if (had or 0) >= last or any(document.submission == last for document in coming):
            continue
        if order.is_cancelled and had is None and not coming:
            continue
        event = case.latest_about(order, "feed-lost", to=system)
        known = (
            () if had is None else (Evidence(system, f"submission {had} of order {order.number}; {last} is the last"),)
        )
        yield Finding(
            question=7,
            code="feed-lost",
            statement=_what_is_lost(order, NAMES[system], had, earlier=bool(coming)),
            evidence=(_state(booked), *known, *((told(event),) if event else ())),
            remedy="Have the order submitted again.",
            action=_submission(order.number),
        )


def still_on_the_way(case: Case) -> Iterator[Finding]:
    """The order document is held up between two systems; one that was overtaken is left aside when it comes."""
    for order in _all(case):
        for delivery in order.deliveries:
            system = SYSTEMS[delivery]
            for document in _coming(case, order, delivery):
                moment = stamp(document.arrives_at)
                yield Finding(
                    question=7,
                    code="feed-delayed",
                    statement=f"Order {order.number} is on its way to {NAMES[system]} and arrives at {moment}.",
                    evidence=(
                        Evidence(
                            "ordering", f"the document of order {order.number} is due at {NAMES[system]} at {moment}"
                        ),
                    ),
                    remedy="Wait until it has arrived.",
                    action=Action("POST", "/_sim/clock/advance", {"to": moment}, "nobody"),
                )


def not_resubmitted(case: Case) -> Iterator[Finding]:
    """A change reaches the delivery systems only when the order is submitted again (documented: swg21610380)."""
    for order in _all(case):
        if order.booked is None or order.booked.status is not Status.CHANGED:
            continue
        event = case.latest_about(order, "order-changed")
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
    """A cancelled and refunded order stays to be seen, with quantity 0 (documented: Q14) where that has arrived."""
    for order in case.orders:
        if not order.is_cancelled:
            continue
        event = case.latest_about(order, "order-cancelled")
        behind = _behind(case, order)
        yield Finding(
            question=14,
            code="order-cancelled",
            statement=f"Order {order.number} was cancelled and refunded"
            + (
                f"; that has not arrived at {' and '.join(behind)}, where it has the quantities of before."
                if behind
                else ", so each of its lines has quantity 0."
            ),
            evidence=(told(event) if event else _cancelled_where(order),),
            remedy="Nothing is to be had from a cancelled order; if the product is needed after all, order it anew."
            if behind
            else "Nothing can be generated from it; if the product is needed after all, order it anew.",
        )


def _all(case: Case) -> list[OrderCase]:
    """The orders in question, and those that a token in question waits for."""
    return [*case.orders, *case.orders_behind_tokens]


def _what_is_lost(order: OrderCase, system: str, had: int | None, *, earlier: bool) -> str:
    if had is None and earlier:
        return f"The last submission of order {order.number} did not arrive at {system}; only an earlier one will."
    if had is None:
        return f"Order {order.number} was submitted, but never arrived at {system}."
    if order.is_cancelled:
        return f"The cancellation of order {order.number} did not arrive at {system}, which has the order of before."
    return f"Order {order.number} was submitted again, but that did not arrive at {system}, which has an earlier state."


def _state(booked: BookedOrder) -> Evidence:
    handed_to = " and ".join(NAMES.get(system, system) for system in booked.handed_to) or "nobody"
    return Evidence("ordering", f"order {booked.number} is {booked.status.value}, and was handed to {handed_to}")


def _cancelled_where(order: OrderCase) -> Evidence:
    if order.booked is not None and order.booked.document.cancelled:
        return _state(order.booked)
    return Evidence("keycenter", f"order {order.number} came as cancelled")


def _submission(number: str) -> Action:
    return Action("POST", f"/ordering/api/v1/orders/{number}/submit")


def _handed_over(case: Case) -> Iterator[tuple[OrderCase, BookedOrder, str]]:
    """Each order that has been submitted, with each delivery that it has lines for, or had."""
    for order in _all(case):
        booked = order.booked
        if booked is not None and booked.document.submission > 0:
            for delivery in order.deliveries:
                if booked.document.has(delivery) or SYSTEMS[delivery] in booked.handed_to:
                    yield order, booked, delivery


def _behind(case: Case, order: OrderCase) -> list[str]:
    """The names of the systems that know a cancelled order as it was before."""
    if order.booked is None:
        return []
    last = order.booked.document.submission
    received = {system: _received(case, order, delivery) for delivery, system in SYSTEMS.items()}
    return [NAMES[system] for system, had in received.items() if had is not None and had < last]


def _received(case: Case, order: OrderCase, delivery: str) -> int | None:
    """The number of the submission that a delivery system received last; None for none."""
    if delivery == KEY_FILE:
        return None if order.received is None else order.received.submission
    return case.lookups.submissions.get(order.number)


def _coming(case: Case, order: OrderCase, delivery: str) -> list[OnItsWay]:
    """What is on its way to a delivery system and newer than what it has."""
    had = _received(case, order, delivery) or 0
    documents = on_its_way(case.world, order.number)
    return [one for one in documents if one.system == SYSTEMS[delivery] and one.submission > had]
