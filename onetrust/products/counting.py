"""What stands at the customer's site, in numbers."""

from __future__ import annotations

from lkc.world.landscape import Count
from lkc.world.session import WorldSession


def count(world: WorldSession) -> tuple[Count, ...]:
    """Installations."""
    return ((world.ids.counters.get("installation", 0), "installations"),)
