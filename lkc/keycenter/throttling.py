"""Too many wrong passwords: who guesses has to wait, by the world's clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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

# So long (real seconds) after a wrong guess a session may still be under way that does not see it counted.
UNSEEN = 10.0
FOLLOWED = 1024

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


class Guesses:
    """The addresses of members for which this process is looking at guesses, or has just met a wrong one.

    Who reads sees a world as it was at the first look. Of many guesses that come at once, none would see the others
    counted; so while there are any, a password that is known to be right has to queue up with them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[tuple[str, str], int] = {}
        self._failed_at: dict[tuple[str, str], float] = {}

    def settles(self, world: str, email: str, is_known: Callable[[], bool]) -> bool:
        """Whether a password is known to be right and nothing speaks against saying so; else it has become a guess."""
        who = (world, email)
        with self._lock:
            if is_known() and who not in self._under_way and not self._has_just_failed(who):
                return True
            self._under_way[who] = self._under_way.get(who, 0) + 1
            return False

    @contextmanager
    def under_way(self, world: str, email: str) -> Iterator[Callable[[], None]]:
        """A block in which a guess is looked at; gives what is to be called where it was wrong."""
        who = (world, email)

        def was_wrong() -> None:
            with self._lock:
                self._failed_at[who] = time.monotonic()

        try:
            yield was_wrong
        finally:
            with self._lock:
                left = self._under_way.pop(who) - 1
                if left:
                    self._under_way[who] = left
                if len(self._failed_at) > FOLLOWED:
                    self._failed_at = {who: at for who, at in self._failed_at.items() if self._has_just_failed(who)}

    def _has_just_failed(self, who: tuple[str, str]) -> bool:
        failed_at = self._failed_at.get(who)
        return failed_at is not None and time.monotonic() - failed_at < UNSEEN
