"""Booking or changing an order and submitting it in one go, by the rules of the single steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lkc.feed import Receiver
from lkc.ordering.booking import change, draw_up
from lkc.ordering.drafts import Draft
from lkc.ordering.models import BookedOrder
from lkc.ordering.orders import keep_new, keep_state
from lkc.ordering.submission import Submission, send_out
from lkc.world.session import WorldSession


def book_and_submit(world: WorldSession, draft: Draft, receivers: Sequence[Receiver]) -> tuple[BookedOrder, Submission]:
    """Books an order, keeps it and submits it. Raises Invalid, naming each mistake."""
    submitted, done = send_out(world, draw_up(world, draft), receivers)
    keep_new(world, submitted)
    return submitted, done


def change_and_submit(
    world: WorldSession, order_number: str, changes: Mapping[str, Any], receivers: Sequence[Receiver]
) -> tuple[BookedOrder, Submission]:
    """Changes an order and submits it as it is then, also where nothing has changed.

    Raises UnknownOrder, AlreadyCancelled or Invalid.
    """
    submitted, done = send_out(world, change(world, order_number, changes), receivers)
    keep_state(world, submitted)
    return submitted, done
