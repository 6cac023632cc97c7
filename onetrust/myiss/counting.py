"""What the portal has, in numbers."""

from __future__ import annotations

from sqlalchemy import func, select

from lkc.world.landscape import Count
from lkc.world.session import WorldSession
from onetrust.myiss.models import Account


def count(world: WorldSession) -> tuple[Count, ...]:
    """Accounts."""
    return ((world.orm.scalar(select(func.count()).select_from(Account)) or 0, "accounts"),)
