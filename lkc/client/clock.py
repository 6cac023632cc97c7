"""The clock of a world."""

from __future__ import annotations

from typing import TypedDict, Unpack

from lkc.client.connection import Connection


class Time(TypedDict):
    """What a clock shows: `now` in UTC, `mode` is `frozen` or `running`."""

    now: str
    mode: str


class Advance(TypedDict, total=False):
    """How far to go on: a duration, or `to` a moment (`2014-06-30T00:00:00Z`), or `to_next="expiry"`."""

    days: float
    hours: float
    minutes: float
    seconds: float
    to: str
    to_next: str


class Clock:
    """The clock, which everything in the world obeys. It never goes back: Refused (`clock-backwards`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def show(self) -> Time:
        """What it shows."""
        shown: Time = self._connection.control("GET", "/clock")
        return shown

    def set(self, now: str) -> Time:
        """Sets it to a later moment, such as `2014-06-30T00:00:00Z`."""
        return self._put({"now": now})

    def freeze(self) -> Time:
        """Lets it stand."""
        return self._put({"mode": "frozen"})

    def run(self) -> Time:
        """Lets it go on as real time does."""
        return self._put({"mode": "running"})

    def advance(self, **far: Unpack[Advance]) -> Time:
        """Lets it go on. Raises Refused (`nothing-expires`) where `to_next` finds no date ahead."""
        shown: Time = self._connection.control("POST", "/clock/advance", far)
        return shown

    def _put(self, change: dict[str, str]) -> Time:
        shown: Time = self._connection.control("PUT", "/clock", change)
        return shown
