"""Too many wrong passwords: who guesses has to wait, by the world's clock."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, delete, select

from lkc.keycenter.membership import SYSTEM
from lkc.keycenter.models import FailedSignIns
from lkc.keycenter.refusals import TooManyAttempts
from lkc.world.clock import SECOND, from_micros, stamp
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

MEMBER_LIMIT, ADDRESS_LIMIT = 5, 50
WINDOW = timedelta(minutes=15) // timedelta(microseconds=1)

_STATE = Prepared(
    lambda: select(FailedSignIns.failures, FailedSignIns.since).where(FailedSignIns.who == bindparam("who"))
)


def check(world: WorldSession, email: str, address: str) -> None:
    """Lets an attempt pass. Raises TooManyAttempts where too many wrong ones lie within the last 15 minutes."""
    for who, limit in ((email, MEMBER_LIMIT), (address, ADDRESS_LIMIT)):
        row = world.row(_STATE, who=who)
        if row is not None and row[0] >= limit and world.clock.micros() < row[1] + WINDOW:
            until = from_micros(row[1] + WINDOW)
            seconds = -(-(row[1] + WINDOW - world.clock.micros()) // SECOND)
            raise TooManyAttempts(
                f"{limit} wrong passwords came; the next attempt is possible at {stamp(until)} of the world.",
                retry_after=seconds,
            )


def note_failure(world: WorldSession, email: str, address: str) -> None:
    """Counts a wrong password against the address that was named and the one it came from."""
    now = world.clock.micros()
    for who in (email, address):
        known = world.orm.get(FailedSignIns, who)
        if known is None:
            world.insert(FailedSignIns, who=who, failures=1, since=now)
        elif now >= known.since + WINDOW:
            known.failures, known.since = 1, now
        else:
            known.failures += 1
    world.record(SYSTEM, "sign-in-failed", f"A wrong password was given for {email}.", email=email, address=address)


def forget_failures(world: WorldSession, email: str) -> None:
    """Forgets what was counted against a member, who has given the right password or set a new one."""
    world.orm.execute(delete(FailedSignIns).where(FailedSignIns.who == email))
