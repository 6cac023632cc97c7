"""What the token service has, in numbers."""

from __future__ import annotations

from lkc.world.landscape import Count
from lkc.world.session import WorldSession


def count(world: WorldSession) -> tuple[Count, ...]:
    """Tokens; each customer number has one."""
    return ((world.ids.counters.get("token", 0), "tokens"),)
