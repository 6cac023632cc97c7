"""What the mail network has carried, in numbers."""

from __future__ import annotations

from sqlalchemy import func, select

from lkc.mail.models import Message, Status
from lkc.world.landscape import Count
from lkc.world.session import WorldSession

# So many mails back bounces are looked for: there is no index by status.
LATEST = 1_000


def count(world: WorldSession) -> tuple[Count, ...]:
    """Mails sent, and of the latest ones those that bounced."""
    sent = world.ids.counters.get("mail", 0)
    latest = select(Message.status).where(Message.id > sent - LATEST).subquery()
    bounced = world.orm.scalar(select(func.count()).where(latest.c.status == Status.BOUNCED)) or 0
    return (sent, "mails"), (bounced, "bounced" if sent <= LATEST else f"bounced of {LATEST:,}")
