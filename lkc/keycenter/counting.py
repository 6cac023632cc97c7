"""What the key center has, in numbers."""

from __future__ import annotations

from lkc.world.landscape import Count
from lkc.world.session import WorldSession


def count(world: WorldSession) -> tuple[Count, ...]:
    """Licenses, and how often one was generated."""
    counters = world.ids.counters
    return (counters.get("license", 0), "licenses"), (counters.get("key", 0), "generated")
