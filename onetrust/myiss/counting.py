"""What the portal has, in numbers."""

from __future__ import annotations

from lkc.world.landscape import Count, rows_ever
from lkc.world.session import WorldSession
from onetrust.myiss.models import Account


def count(world: WorldSession) -> tuple[Count, ...]:
    """Accounts."""
    return ((rows_ever(world, Account), "accounts"),)
