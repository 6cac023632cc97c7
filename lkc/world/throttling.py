"""Too many wrong passwords: who guesses has to wait, by the world's clock; each system counts in its own table."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import request
from sqlalchemy import bindparam, delete, select, update

from lkc.world.clock import SECOND, from_micros, stamp
from lkc.world.credentials import fits, known_to_fit
from lkc.world.database import Prepared
from lkc.world.hold import current_hold
from lkc.world.models import WrongPasswords
from lkc.world.refusals import Refused
from lkc.world.session import Access, WorldSession

MEMBER_LIMIT, ADDRESS_LIMIT = 5, 50
WINDOW = timedelta(minutes=15) // timedelta(microseconds=1)

# So long (real seconds) after a wrong guess a session may still be under way that does not see it counted.
UNSEEN = 10.0
FOLLOWED = 1024


def calling_address() -> str:
    """The network address from which this request comes."""
    return request.remote_addr or ""


class Throttle:
    """What one system does about wrong passwords.

    Args:
        system: its id.
        model: its table of counts.
        refusal: what it answers to whoever has to wait.
    """

    def __init__(self, system: str, model: type[WrongPasswords], refusal: type[Refused]) -> None:
        self._system = system
        self._model = model
        self._refusal = refusal
        self._guesses = Guesses()
        columns = (model.failures, model.since)
        self._state = Prepared(lambda: select(*columns).where(model.who == bindparam("whom")))
        self._count = Prepared(
            lambda: update(model).where(model.who == bindparam("whom")).values(failures=model.failures + 1)
        )
        self._forget = Prepared(lambda: delete(model).where(model.who == bindparam("whom")))
        self._expire = Prepared(lambda: delete(model).where(model.since <= bindparam("moment")))

    def passes(self, world: WorldSession, who: str, password: str, kept: Callable[[WorldSession], str | None]) -> bool:
        """Whether a password is right; a wrong one is counted. Raises the refusal.

        Args:
            world: where it was given.
            who: whose it would be: an address in lower case.
            password: as it came.
            kept: looks up the hash of the right one, or None.
        """
        if self.settles(world, who, password, kept(world)):
            self.check(world, who, calling_address())
            return True
        return self.guess(world, who, password, kept)

    def settles(self, world: WorldSession, who: str, password: str, kept: str | None) -> bool:
        """Whether a password is known to be right and none is being guessed; else `guess` has to follow."""
        return self._guesses.settles(world.name, who, lambda: known_to_fit(kept, password))

    def guess(self, world: WorldSession, who: str, password: str, kept: Callable[[WorldSession], str | None]) -> bool:
        """Whether a guess is right; a wrong one is counted. Raises the refusal.

        Guesses are looked at one after the other, under the world's write lock: however many come at once, and at
        however many processes, no more are looked at than are let pass.
        """
        with self._guesses.under_way(world.name, who) as was_wrong:
            if world.access is Access.WRITE:
                is_right = self._guessed(world, who, password, kept(world))
            else:
                with current_hold().transaction(Access.WRITE) as writing:
                    is_right = self._guessed(writing, who, password, kept(writing))
            if not is_right:
                was_wrong()
        return is_right

    def _guessed(self, world: WorldSession, who: str, password: str, kept: str | None) -> bool:
        """Looks at a guess and counts it where it is wrong; the session may write. Raises the refusal."""
        address = calling_address()
        self.check(world, who, address)
        if fits(kept, password):
            self.forget(world, who)
            return True
        self._note(world, who, address)
        return False

    def check(self, world: WorldSession, who: str, address: str) -> None:
        """Lets an attempt pass. Raises the refusal where too many wrong ones lie within the last 15 minutes."""
        for whom, limit in ((who, MEMBER_LIMIT), (address, ADDRESS_LIMIT)):
            row = world.row(self._state, whom=whom)
            if row is not None and row[0] >= limit and world.clock.micros() < row[1] + WINDOW:
                until = from_micros(row[1] + WINDOW)
                seconds = -(-(row[1] + WINDOW - world.clock.micros()) // SECOND)
                raise self._refusal(
                    f"{limit} wrong passwords came; the next attempt is possible at {stamp(until)} of the world.",
                    retry_after=seconds,
                )

    def _note(self, world: WorldSession, who: str, address: str) -> None:
        """Counts a wrong password against the address that was named and the one it came from."""
        self.remove_expired(world)
        for whom in (who, address):
            if not world.run(self._count, whom=whom):
                world.insert(self._model, who=whom, failures=1, since=world.clock.micros())
        world.record(
            self._system, "sign-in-failed", f"A wrong password was given for {who}.", email=who, address=address
        )

    def forget(self, world: WorldSession, who: str) -> None:
        """Forgets what was counted against somebody, who has given the right password or set a new one."""
        world.run(self._forget, whom=who)

    def remove_expired(self, world: WorldSession) -> None:
        """Removes the counts that mean nothing any more by the world's clock."""
        world.run(self._expire, moment=world.clock.micros() - WINDOW)


class Guesses:
    """The addresses for which this process is looking at guesses, or has just met a wrong one.

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
