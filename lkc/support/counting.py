"""What the support desk has, in numbers."""

from __future__ import annotations

from lkc.world.landscape import Count
from lkc.world.session import WorldSession


def count(world: WorldSession) -> tuple[Count, ...]:
    """Service requests, and registrations of those who may open some."""
    counters = world.ids.counters
    return (counters.get("service-request", 0), "requests"), (counters.get("support-registration", 0), "registrations")
