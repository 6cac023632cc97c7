"""Booking orders, and changing orders that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lkc.feed import OrderDocument, format_date
from lkc.ordering.customers import Customer, create_customer, find_customer
from lkc.ordering.drafts import Draft, mistakes_in, numbered, read
from lkc.ordering.models import SYSTEM, BookedOrder, Status
from lkc.ordering.orders import get_order, keep_changes, keep_new
from lkc.ordering.refusals import AlreadyCancelled
from lkc.world.refusals import Invalid
from lkc.world.session import WorldSession


def book(world: WorldSession, draft: Draft) -> BookedOrder:
    """Books an order and keeps it. Raises Invalid, naming each mistake."""
    booked = draw_up(world, draft)
    keep_new(world, booked)
    return booked


def draw_up(world: WorldSession, draft: Draft, newcomer: Customer | None = None) -> BookedOrder:
    """Books an order that the caller keeps; a customer who comes with it is taken in, but only if it can be booked.

    Raises Invalid, naming each mistake: unknown ICN, part or a line number that comes twice.
    """
    customer = newcomer or find_customer(world, draft.icn)
    if customer is None:
        raise Invalid(_unknown_icn(draft.icn), *mistakes_in(draft.lines))
    lines = numbered(draft.lines)
    if newcomer is not None:
        create_customer(world, newcomer)
    document = OrderDocument(
        order_number=f"{world.ids.rising('order'):07d}",
        ocn=world.ids.scattered("ocn", 8),
        icn=draft.icn,
        customer_name=draft.customer_name or customer.name,
        purchase_order=draft.purchase_order,
        order_date=format_date(world.clock.today()) if draft.order_date is None else draft.order_date,
        contact=draft.contact,
        registered_end_users=draft.registered_end_users,
        lines=lines,
    )
    world.record(
        SYSTEM,
        "order-booked",
        f"Order {document.order_number} of {document.customer_name} is booked.",
        order_number=document.order_number,
        icn=document.icn,
    )
    return BookedOrder(document, Status.BOOKED)


def change(world: WorldSession, order_number: str, changes: Mapping[str, Any]) -> BookedOrder:
    """Changes an order; the delivery systems keep what they have until it is submitted again (swg21610380).

    Args:
        world: where the order is.
        order_number: which order.
        changes: new values by name; lists replace, lines keep the numbers they are given.

    Raises UnknownOrder, AlreadyCancelled or Invalid.
    """
    booked = get_order(world, order_number)
    if booked.status is Status.CANCELLED:
        raise AlreadyCancelled(f"Order {order_number} was cancelled.", order_number=order_number)
    wanted = read(changes)
    icn = wanted.get("icn", booked.document.icn)
    if find_customer(world, icn) is None:
        raise Invalid(_unknown_icn(icn), *mistakes_in(wanted.get("lines", ())))
    if "lines" in wanted:
        wanted["lines"] = numbered(wanted["lines"])
    changed = booked.changed(replace(booked.document, **wanted))
    if changed is not booked:
        keep_changes(world, booked, changed)
        world.record(SYSTEM, "order-changed", f"Order {order_number} was changed.", order_number=order_number)
    return changed


def _unknown_icn(icn: str) -> dict[str, Any]:
    return {"field": "icn", "message": "no customer has this ICN", "received": icn}
