"""The clock of a world: frozen or running, the same for every process that opens the world."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from lkc.world.refusals import ClockBackwards, Invalid

SECOND = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A world's time stays within these: dates of the feed and of keys can be written for all of it.
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_LAST = (datetime.max.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
DEFAULT_START = datetime(2014, 3, 3, 9, 0, tzinfo=UTC)


class Mode(StrEnum):
    """Whether time stands still until somebody moves it, or runs at the pace of real time."""

    FROZEN = "frozen"
    RUNNING = "running"


def real_micros() -> int:
    """Real time in microseconds since 1970 (UTC): the one place where it comes in."""
    return time.time_ns() // 1000


def to_micros(moment: datetime) -> int:
    """A moment as microseconds since 1970 (UTC); a moment without a zone is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """The moment (UTC) that lies so many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=micros)


def stamp(moment: datetime) -> str:
    """A moment as text, to the second: `2014-03-03T09:00:00Z`."""
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"


@dataclass(slots=True)
class Clock:
    """What a world's clock shows.

    Attributes:
        mode: frozen or running.
        base: world time in microseconds since 1970 at the anchor.
        anchor: real time in microseconds when `base` was right; without meaning while frozen.
    """

    mode: Mode
    base: int
    anchor: int
    _stamped: tuple[int, str] = (-1, "")

    def micros(self) -> int:
        """World time in microseconds since 1970 (UTC)."""
        if self.mode == Mode.FROZEN:
            return self.base
        return self.base + max(0, real_micros() - self.anchor)

    def now(self) -> datetime:
        """World time (UTC)."""
        return from_micros(self.micros())

    def today(self) -> date:
        """The date of the world (UTC)."""
        return self.now().date()

    def stamp(self) -> str:
        """World time as text, to the second."""
        second = self.micros() // SECOND
        if second != self._stamped[0]:
            self._stamped = (second, stamp(from_micros(second * SECOND)))
        return self._stamped[1]

    def set(self, moment: datetime) -> None:
        """Goes on to a later moment; the second that it shows already is no step back, and nothing changes.

        Raises ClockBackwards for an earlier one, Invalid beyond the end of time.
        """
        wanted, shown = to_micros(moment), self.micros()
        if wanted // SECOND < shown // SECOND:
            raise ClockBackwards(self.stamp(), stamp(moment))
        self._go_to(max(wanted, shown))

    def advance(self, duration: timedelta) -> None:
        """Goes on by a duration from the moment that it shows. Raises Invalid beyond the end of time."""
        self._go_to(self.micros() + duration // timedelta(microseconds=1))

    def _go_to(self, micros: int) -> None:
        if micros > to_micros(LATEST):
            text = f"the clock ends in {LATEST.year}"
            raise Invalid({"field": "now", "message": text, "received": stamp(from_micros(min(micros, _LAST)))})
        self.base, self.anchor = micros, real_micros()

    def begin(self, moment: datetime) -> None:
        """Begins at another moment, also at an earlier one: only for a world in which nothing has happened yet."""
        self.base, self.anchor = to_micros(moment), real_micros()

    def switch(self, mode: Mode) -> None:
        """Freezes the clock where it stands, or lets it run on from there."""
        self.base, self.anchor, self.mode = self.micros(), real_micros(), mode
