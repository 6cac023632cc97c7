"""What the order system declares of itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from lkc.feed import Receiver
from lkc.ordering.api import blueprint
from lkc.ordering.refusals import STATUSES
from lkc.ordering.submission import HAND_OVER, hand_over_delayed
from lkc.world.system import System


def system(receivers: Sequence[Receiver]) -> System:
    """The order system, which hands its orders to these receivers."""
    return System(
        id="ordering",
        title="Order system",
        summary="The vendor's own: customers, orders, and their submission to the delivery systems.",
        prefix="/ordering",
        blueprints=(blueprint,),
        statuses=STATUSES,
        actions={HAND_OVER: partial(hand_over_delayed, receivers=receivers)},
    )
