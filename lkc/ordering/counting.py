"""What the order system has, in numbers."""

from __future__ import annotations

from sqlalchemy import func, select

from lkc.ordering.models import CustomerRow
from lkc.world.landscape import Count
from lkc.world.session import WorldSession


def count(world: WorldSession) -> tuple[Count, ...]:
    """Orders and customers."""
    customers = world.orm.scalar(select(func.count()).select_from(CustomerRow)) or 0
    return (world.ids.counters.get("order", 0), "orders"), (customers, "customers")
