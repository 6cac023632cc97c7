"""Waiting for a mail: what was there is looked through once, and then only what has come since."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from lkc.mail.mailboxes import Mail, Search, find_mails
from lkc.mail.models import Status
from lkc.mail.sending import DELIVERED
from lkc.world.models import Event
from lkc.world.session import WorldSession


class Watch:
    """Looks for a delivered mail again and again.

    What comes into a mailbox is not always a new mail: a delayed one was there before, with a lower id. The
    timeline names them all, so the watch goes on from the last event that it has seen.
    """

    def __init__(self, search: Search) -> None:
        self._search = replace(search, status=Status.DELIVERED)
        self._seen: tuple[str, int] | None = None

    def look(self, world: WorldSession) -> Mail | None:
        """The newest mail that fits, or None; a world that was put back meanwhile is looked through anew."""
        before = self._seen
        self._seen = (world.generation, world.orm.scalar(select(func.max(Event.id))) or 0)
        among = None
        if before is not None and before[0] == world.generation:
            if before == self._seen:
                return None
            message_id = func.json_extract(Event.subject, "$.message_id")
            among = select(message_id).where(Event.id > before[1], Event.kind == DELIVERED)
        return next(iter(find_mails(world, self._search, 1, among)), None)
