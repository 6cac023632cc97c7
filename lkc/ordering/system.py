"""What the order system declares of itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from lkc.feed import Receiver
from lkc.ordering.api import RECEIVERS_KEY, blueprint
from lkc.ordering.models import SYSTEM
from lkc.ordering.refusals import STATUSES
from lkc.ordering.submission import HAND_OVER, hand_over_delayed
from lkc.world.faults import FaultKind
from lkc.world.system import Entrance, System, parts_in


def system(receivers: Sequence[Receiver]) -> System:
    """The order system, which hands its orders to these receivers."""
    feeds = tuple(receiver.system for receiver in receivers)
    return System(
        id=SYSTEM,
        title="Order system",
        summary="The vendor's own: customers, orders, and their submission to the delivery systems.",
        prefix="/ordering",
        state=parts_in("lkc.ordering.state"),
        blueprints=(blueprint,),
        statuses=STATUSES,
        entrance=Entrance("/ordering/api/v1/orders", "Orders (sign in as producer, producer)"),
        faults=(
            FaultKind("feed-lost", needed=frozenset({"to"}), targets=feeds),
            FaultKind("feed-delay", needed=frozenset({"to", "minutes"}), targets=feeds),
        ),
        neighbours={RECEIVERS_KEY: tuple(receivers)},
        actions={HAND_OVER: partial(hand_over_delayed, receivers=receivers)},
    )
