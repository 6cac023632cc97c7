"""Relaying: mails that reached a mailbox are also sent to an SMTP server, behind the back of the world."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from lkc.mail.mailboxes import NoSuchMessage
from lkc.mail.outgoing import Declined, Server, Unreachable, destination, marked
from lkc.mail.raw_form import raw_of
from lkc.mail.tally import Tally
from lkc.world.refusals import Refused, UnknownWorld
from lkc.world.session import Access, Exchange, WorldSession
from lkc.world.store import WorldStore

MOST_WAITING = 1_000
# To write a mail out costs as much as to import ten orders. While mails come in a flood (more than so many wait, and
# the last have come within so many seconds), this much time lies between two.
FLOOD, CALM_AFTER, PACE = 10, 0.5, 0.2
LONGEST_PAUSE = 30.0
TRIES = 3

# What reading a mail and writing it out can meet; the others must go on.
UNWRITABLE = (Refused, sqlite3.Error, SQLAlchemyError, OSError, LookupError, TypeError, ValueError, AttributeError)

_log = logging.getLogger("lkc")


@dataclass(slots=True)
class Parcel:
    """A mail that waits to be relayed.

    Attributes:
        generation: of the world in which it is.
        origin: of the links in it; see `Exchange`.
        address: to which it goes.
        tries: how often the server broke off while it was sent.
    """

    world: str
    generation: str
    origin: str
    message_id: int
    address: str
    tries: int = 0


class Relay:
    """An outlet of worlds that sends mails to an SMTP server, from a thread of its own that begins with the first one.

    No transaction waits for it, and whatever becomes of a mail here, in its world it is as it is. At most 1,000 mails
    wait; what comes beyond is not relayed, but counted.

    Args:
        server: where they go.
        store: where they are read.
        tally: what is counted.
    """

    def __init__(self, server: Server, store: WorldStore, tally: Tally) -> None:
        self._server = server
        self._store = store
        self._tally = tally
        self._waiting: deque[Parcel] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._has_news = False
        self._last_came = 0.0
        self._failures = 0
        self._lost = 0

    def take(self, world: WorldSession, parcels: Sequence[tuple[int, str]]) -> None:
        """Takes mails over, once they are committed: their numbers and recipients."""
        counts, origin = self._tally.counts, world.exchange.origin
        with self._changed:
            for message_id, recipient in parcels:
                address = destination(recipient)
                if address is None:
                    counts.withheld += 1
                elif len(self._waiting) < MOST_WAITING:
                    self._waiting.append(Parcel(world.name, world.generation, origin, message_id, address))
                else:
                    counts.dropped += 1
                    self._lost += 1
            counts.waiting = len(self._waiting)
            self._has_news, self._last_came = True, time.monotonic()
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._work, daemon=True, name="relay")
                self._thread.start()
            self._changed.notify()

    def told(self) -> dict[str, object]:
        """What has become of mails, in all processes on the data directory together."""
        return self._tally.total()

    def close(self) -> None:
        """Ends the thread; what waits is not relayed."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
        self._tally.close()

    def _work(self) -> None:
        while not self._closed:
            with self._changed:
                parcel = self._waiting[0] if self._waiting else None
            if parcel is None:
                self._rest()
            else:
                self._pause(done=self._is_done(parcel))
        self._server.leave()

    def _rest(self) -> None:
        """Puts everything away until there is something to do."""
        self._server.leave()
        lost, self._lost = self._lost, 0
        if lost:
            text = "%d mails were not relayed to %s, as %d waited already; they are in their mailboxes all the same."
            _log.warning(text, lost, self._server, MOST_WAITING)
        self._has_news = False
        self._tally.write()
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting or self._has_news)

    def _pause(self, *, done: bool) -> None:
        """Takes what is done off the list, and lets others work before the next one."""
        with self._changed:
            if done:
                self._waiting.popleft()
            self._tally.counts.waiting = len(self._waiting)
            seconds = self._pace() if done else min(2.0 ** (self._failures - 1), LONGEST_PAUSE)
            if self._waiting and seconds:
                self._changed.wait_for(lambda: self._closed, seconds)
        self._tally.write()

    def _pace(self) -> float:
        is_flood = len(self._waiting) > FLOOD and time.monotonic() - self._last_came < CALM_AFTER
        return PACE if is_flood else 0

    def _is_done(self, parcel: Parcel) -> bool:
        """Sends a mail; False where it has to be tried again."""
        counts = self._tally.counts
        try:
            raw = self._written(parcel)
            if raw is None:
                counts.gone += 1
                return True
            self._server.send(parcel.address, raw)
        except Unreachable as error:
            return self._is_given_up(parcel, str(error))
        except Declined as error:
            self._refused(parcel, str(error))
        except UNWRITABLE:
            _log.exception("Mail %d of world %s could not be relayed.", parcel.message_id, parcel.world)
            counts.refused += 1
        else:
            counts.relayed += 1
        if self._failures:
            _log.warning("%s takes mails again; %d wait.", self._server, len(self._waiting))
            self._failures, counts.trouble = 0, None
        return True

    def _is_given_up(self, parcel: Parcel, reason: str) -> bool:
        """Notes that the server is out of reach; a mail at which it breaks off again and again is in its way."""
        if not self._failures:
            text = "No mail can be relayed to %s (%s). In their mailboxes they are all the same; up to %d wait for it."
            _log.warning(text, self._server, reason, MOST_WAITING)
        self._failures += 1
        self._tally.counts.trouble = reason
        parcel.tries += self._server.was_reached
        if parcel.tries < TRIES:
            return False
        self._tally.counts.refused += 1
        return True

    def _refused(self, parcel: Parcel, reason: str) -> None:
        counts = self._tally.counts
        if not counts.refused:
            text = "%s refused mail %d of world %s (%s). Further refusals are counted by GET /_sim/health."
            _log.warning(text, self._server, parcel.message_id, parcel.world, reason)
        counts.refused += 1

    def _written(self, parcel: Parcel) -> bytes | None:
        """The mail as it travels; None where it, or the world as it was, has gone meanwhile."""
        exchange = Exchange(origin=parcel.origin, world=parcel.world)
        try:
            with self._store.session(parcel.world, Access.READ, exchange) as world:
                if world.generation != parcel.generation:
                    return None
                return marked(raw_of(world, parcel.message_id), parcel.world)
        except (UnknownWorld, NoSuchMessage):
            return None
