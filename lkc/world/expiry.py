"""The next date on which something of a world ends, whichever system has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lkc.world.clock import LATEST
from lkc.world.refusals import Refused
from lkc.world.session import WorldSession
from lkc.world.system import System


class NothingExpires(Refused):
    """There is no date ahead at which something expires."""

    code = "nothing-expires"
    remedy = "Go on by a duration, or to a moment."


@dataclass(frozen=True, slots=True)
class Expiry:
    """A day on which something ends, and the systems that have such a date."""

    day: date
    systems: tuple[str, ...]

    @property
    def is_over(self) -> datetime:
        """The moment from which the date has passed: the beginning of the next day (UTC)."""
        return datetime.combine(self.day + timedelta(days=1), time(), UTC)


def next_expiry(world: WorldSession, systems: Sequence[System]) -> Expiry:
    """The first date that has not passed. Raises NothingExpires where none is left that the clock can reach."""
    yesterday = world.clock.today() - timedelta(days=1)
    days = {
        system.id: day
        for system in systems
        if system.next_expiry is not None and (day := system.next_expiry(world, yesterday)) is not None
    }
    reachable = [day for day in days.values() if day < LATEST.date()]
    if not reachable:
        raise NothingExpires("No date that the clock can reach lies ahead at which something of this world expires.")
    first = min(reachable)
    return Expiry(first, tuple(name for name, day in days.items() if day == first))
