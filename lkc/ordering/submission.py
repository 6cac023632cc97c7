"""Handing orders to the delivery systems: submit, cancel, and the order system's own mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from lkc.feed import KEY_FILE, OrderDocument, Receiver, document_from
from lkc.mail.senders import sender
from lkc.mail.sending import Notice, send
from lkc.mail.templates import MailTemplate
from lkc.ordering.models import SYSTEM, BookedOrder, Status
from lkc.ordering.orders import keep_changes, keep_state
from lkc.ordering.refusals import AlreadyCancelled, OrderNotSubmitted
from lkc.ordering.sign_in import first_password
from lkc.world.faults import acting
from lkc.world.session import WorldSession

HAND_OVER = f"{SYSTEM}.hand-over"
SENDER = sender("Passport_Advantage@ibm.com")

_TEMPLATE = MailTemplate("ordering/order_processed", Path(__file__).parent / "mails" / "order_processed")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of the order document on its way to one system.

    Attributes:
        system: id of the delivery system.
        status: `accepted` and `rejected` are the system's word; `lost` and `delayed` happen on the way.
        reason: why, as a sentence, or None.
    """

    system: str
    status: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submission did: to each delivery system, and which mails went out."""

    handed_over: list[HandedOver]
    mail: list[int]


def submit(world: WorldSession, booked: BookedOrder, receivers: Sequence[Receiver]) -> Submission:
    """Hands an order to the delivery systems and sends the order system's own mail.

    Every submission hands over the whole order as it is now; it is also how a change becomes known
    (documented: swg21610380).
    """
    after, done = send_out(world, booked, receivers)
    keep_state(world, after)
    return done


def send_out(world: WorldSession, booked: BookedOrder, receivers: Sequence[Receiver]) -> tuple[BookedOrder, Submission]:
    """Submits an order whose new state the caller keeps; of a cancelled one nothing is announced to anybody."""
    world.record(SYSTEM, "order-submitted", f"Order {booked.number} was submitted.", order_number=booked.number)
    announcements = [] if booked.status is Status.CANCELLED else [_announce(world, booked)]
    after, done = _hand_over(world, booked, receivers)
    done.mail[:0] = announcements
    return after, done


def cancel(world: WorldSession, booked: BookedOrder, receivers: Sequence[Receiver]) -> tuple[BookedOrder, Submission]:
    """Cancels and refunds an order: its lines stay, with quantity 0, and are handed over so (documented: Q14).

    An order that has reached nobody is only cancelled here. Raises AlreadyCancelled.
    """
    number = booked.number
    if booked.status is Status.CANCELLED:
        raise AlreadyCancelled(f"Order {number} was cancelled before.", order_number=number)
    cancelled = booked.cancelled()
    keep_changes(world, booked, cancelled)
    world.record(SYSTEM, "order-cancelled", f"Order {number} was cancelled and refunded.", order_number=number)
    if not booked.handed_to:
        return cancelled, Submission([], [])
    cancelled, done = _hand_over(world, cancelled, receivers)
    keep_state(world, cancelled)
    return cancelled, done


def give_notice(world: WorldSession, booked: BookedOrder) -> int:
    """Sends the order system's mail again, to the contact it has now; whoever got the order does not matter.

    Raises AlreadyCancelled or OrderNotSubmitted.
    """
    number = booked.number
    if booked.status is Status.CANCELLED:
        raise AlreadyCancelled(f"Order {number} was cancelled; there is nothing to announce.", order_number=number)
    if booked.status is Status.BOOKED:
        raise OrderNotSubmitted(f"Order {number} was not submitted yet.", order_number=number)
    return _announce(world, booked)


def hand_over_delayed(world: WorldSession, payload: dict[str, Any], receivers: Sequence[Receiver]) -> None:
    """Hands over an order document that was held up, as it was when it was submitted."""
    receiver = next(known for known in receivers if known.system == payload["system"])
    receiver.receive(world, document_from(payload["document"]))


def _hand_over(
    world: WorldSession, booked: BookedOrder, receivers: Sequence[Receiver]
) -> tuple[BookedOrder, Submission]:
    """Calls each delivery system that has, or had, something to do with the order; one after the other.

    Each time the document has a higher number, by which a receiver knows one that comes too late.
    """
    booked = booked.numbered()
    document, known, done = booked.document, list(booked.handed_to), Submission([], [])
    for receiver in receivers:
        system = receiver.system
        if system not in known and not document.has(receiver.delivery):
            continue
        outcome, mail = _send_to(world, receiver, document)
        if outcome.status != "lost" and system not in known:
            known.append(system)
        done.handed_over.append(outcome)
        done.mail.extend(mail)
        if outcome.status in {"lost", "delayed"}:
            _write_down(world, document.order_number, outcome)
    return booked.submitted(tuple(known)), done


def _send_to(world: WorldSession, receiver: Receiver, document: OrderDocument) -> tuple[HandedOver, tuple[int, ...]]:
    """What becomes of the document on its way to one system, and the mails that the system sends."""
    system = receiver.system
    if acting(world, "feed-lost", to=system) is not None:
        return HandedOver(system, "lost", "the order document got lost on its way"), ()
    delay = acting(world, "feed-delay", to=system)
    if delay is not None:
        moment = world.clock.now() + timedelta(minutes=delay["minutes"])
        world.when_due(moment, HAND_OVER, {"system": system, "document": document.as_dict()})
        return HandedOver(system, "delayed", f"the order document arrives {delay['minutes']:g} minutes later"), ()
    receipt = receiver.receive(world, document)
    return HandedOver(system, receipt.status, receipt.reason), receipt.mail


def _write_down(world: WorldSession, order_number: str, outcome: HandedOver) -> None:
    """Notes what happened on the way; what arrives is noted by who takes it in."""
    world.record(
        SYSTEM,
        f"feed-{outcome.status}",
        f"Order document {order_number} to {outcome.system}: {outcome.status}.",
        order_number=order_number,
        to=outcome.system,
    )


def _announce(world: WorldSession, booked: BookedOrder) -> int:
    """Sends the order system's mail to the contact that it has now; it announces the second one (Q7).

    Of a password that was reset only a hash is kept, so that the mail cannot tell it again.
    """
    document = booked.document
    return send(
        world,
        Notice(
            system=SYSTEM,
            sender=SENDER,
            recipient=document.contact.email,
            template=_TEMPLATE,
            values={
                "order": {
                    "order_number": document.order_number,
                    "ocn": document.ocn,
                    "icn": document.icn,
                    "customer_name": document.customer_name,
                    "purchase_order": document.purchase_order,
                    "contact": {"name": document.contact.name},
                    "lines": [line.as_item() for line in document.lines],
                },
                "two_mails": document.has(KEY_FILE),
                "password": None if booked.was_reset else first_password(world.seed, document.ocn),
            },
        ),
    )
