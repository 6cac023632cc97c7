"""What happened in a world, and what was called: timeline and journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict, Unpack

from lkc.client.connection import Connection

PAGE = 1000


class Event(TypedDict):
    """Something that happened: `at` by the world's clock, `subject` the business keys involved."""

    id: int
    at: str
    system: str
    kind: str
    text: str
    subject: dict[str, Any]
    request_id: str | None


class Exchange(TypedDict):
    """A call and its answer: `at` is real time, `micros` how long it took in microseconds."""

    at: str
    request_id: str
    system: str
    method: str
    path: str
    query: str
    status: int
    micros: int
    faults: list[str]


class ExchangeSearch(TypedDict):
    """Which exchanges to list: `path` is its beginning, `since` a real time, `limit` 1000 at most."""

    system: NotRequired[str]
    path: NotRequired[str]
    status: NotRequired[int]
    since: NotRequired[str]
    limit: NotRequired[int]


class Events:
    """The timeline."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, after: int = 0) -> Sequence[Event]:
        """All events, oldest first; those with a higher id than `after`."""
        found: list[Event] = []
        while True:
            page: list[Event] = self._connection.control("GET", "/events", after=after, limit=PAGE)
            found += page
            if len(page) < PAGE:
                return found
            after = page[-1]["id"]


class Requests:
    """The journal of HTTP exchanges."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, **search: Unpack[ExchangeSearch]) -> Sequence[Exchange]:
        """The latest exchanges that fit (100 by itself), oldest first."""
        found: list[Exchange] = self._connection.control("GET", "/requests", **search)
        return found

    def clear(self) -> None:
        """Empties it."""
        self._connection.control("DELETE", "/requests")
