"""Waiting for something to happen in a world, without holding what others need."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from lkc.world.refusals import TooManyDelayed, TooManyWaiting, UnknownWorld

Found = TypeVar("Found")

PLACES = 24
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.1
HEARTBEAT = 0.5

_places = threading.BoundedSemaphore(PLACES)
# Apart from those for waiting, so that neither takes the threads that the other, and all other calls, need.
_delays = threading.BoundedSemaphore(PLACES)


def wait_for(look: Callable[[], Found | None], seconds: float) -> Found | None:
    """What `look` finds, as soon as it finds something; None when the (real) seconds have passed.

    `look` opens and ends a transaction of its own each time. Raises TooManyWaiting where all places
    of this process are taken.
    """
    found = look()
    if found is not None or seconds <= 0:
        return found
    if not _places.acquire(blocking=False):
        raise TooManyWaiting(PLACES)
    try:
        end, pause = time.monotonic() + seconds, FIRST_PAUSE
        while found is None and (left := end - time.monotonic()) > 0:
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, LONGEST_PAUSE)
            found = look()
        return found
    finally:
        _places.release()


def delay(seconds: float) -> None:
    """Lets (real) time pass, and holds nothing but a thread. Raises TooManyDelayed where enough are held already."""
    if not _delays.acquire(blocking=False):
        raise TooManyDelayed(PLACES)
    try:
        time.sleep(seconds)
    finally:
        _delays.release()


def stream(look: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Everything that `look` finds, again and again, until the reader goes or the world is gone.

    A comment goes out where nothing was found for a while, so that a reader that has gone is noticed.
    Raises TooManyWaiting, before anything is read, where all places of this process are taken.
    """
    if not _places.acquire(blocking=False):
        raise TooManyWaiting(PLACES)
    return _Stream(_going_on(look))


def _going_on(look: Callable[[], Iterator[str]]) -> Iterator[str]:
    yield ": begin\n\n"
    pause, quiet_since = FIRST_PAUSE, time.monotonic()
    try:
        while True:
            found = "".join(look())
            if found:
                pause, quiet_since = FIRST_PAUSE, time.monotonic()
                yield found
            elif time.monotonic() - quiet_since > HEARTBEAT:
                quiet_since = time.monotonic()
                yield ": still here\n\n"
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)
    except UnknownWorld:
        return


class _Stream:
    """An iterator that gives its place back when it is closed, even if it was never begun."""

    def __init__(self, parts: Iterator[str]) -> None:
        self._parts = parts
        self._holds_place = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._parts)

    def close(self) -> None:
        if self._holds_place:
            self._holds_place = False
            _places.release()
