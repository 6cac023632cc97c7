"""What has expired goes when something of its like is written, so that it does not pile up."""

from __future__ import annotations

from sqlalchemy import bindparam, delete

from lkc.keycenter.models import PasswordLink, SignInSession
from lkc.keycenter.throttling import THROTTLE
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

_LINKS = Prepared(lambda: delete(PasswordLink).where(PasswordLink.expires_at <= bindparam("moment")))
_SESSIONS = Prepared(lambda: delete(SignInSession).where(SignInSession.expires_at <= bindparam("moment")))


def remove_expired(world: WorldSession) -> None:
    """Removes links, sessions and counts of wrong passwords that mean nothing any more by the world's clock."""
    now = world.clock.micros()
    world.run(_LINKS, moment=now)
    world.run(_SESSIONS, moment=now)
    THROTTLE.remove_expired(world)
