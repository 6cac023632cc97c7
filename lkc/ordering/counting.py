"""What the order system has, in numbers."""

from __future__ import annotations

from lkc.ordering.models import CustomerRow
from lkc.world.landscape import Count, rows_ever
from lkc.world.session import WorldSession


def count(world: WorldSession) -> tuple[Count, ...]:
    """Orders and customers."""
    return (world.ids.counters.get("order", 0), "orders"), (rows_ever(world, CustomerRow), "customers")
