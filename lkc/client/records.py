"""What happened in a world, and what was called: timeline and journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict, Unpack

from lkc.client.connection import Connection, Refused

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


class Message(TypedDict):
    """A request or an answer as it is kept: `body` is JSON as its value, else text; secrets are `***`.

    `bytes` is how long the body was, `whole` whether all of it is kept; one that `streamed` was not looked at.
    """

    headers: dict[str, str]
    body: NotRequired[Any]
    bytes: NotRequired[int]
    whole: NotRequired[bool]
    streamed: NotRequired[bool]


class Exchange(TypedDict):
    """A call and its answer: `at` is real time, `micros` how long it took in microseconds.

    `status` is None where a fault dropped the connection; what is `nested` came from within the simulator.
    """

    id: str
    at: str
    request_id: str
    nested: bool
    system: str
    method: str
    path: str
    query: str
    status: int | None
    micros: int
    faults: list[str]
    request: Message
    response: Message


class ExchangeSearch(TypedDict):
    """Which exchanges to list: `path` is its beginning, or with `*`, `**`, `{name}` the whole; `since` a real time.

    `after` is the id of an exchange; `limit` is 1000 at most. The simulator's own calls have `system="control"`.
    """

    system: NotRequired[str]
    method: NotRequired[str]
    path: NotRequired[str]
    status: NotRequired[int]
    since: NotRequired[str]
    after: NotRequired[str]
    limit: NotRequired[int]


class Expectation(TypedDict):
    """What else a call must have had, and how often it must have come; without a number, at least once."""

    system: NotRequired[str]
    query: NotRequired[dict[str, str]]
    headers: NotRequired[dict[str, str]]
    body: NotRequired[Any]
    status: NotRequired[int]
    since: NotRequired[str]
    times: NotRequired[int]
    at_least: NotRequired[int]
    at_most: NotRequired[int]


class VerificationFailed(Refused, AssertionError):
    """Something was not called as expected; the message tells what differs in the calls that come nearest.

    Attributes:
        count: how many calls were as expected.
        misses: at most five calls that were not, the nearest first, each with its `differences`.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        super().__init__(document)
        self.count: int = document["count"]
        self.misses: list[dict[str, Any]] = document["misses"]

    def __str__(self) -> str:
        return "\n".join([self.detail, *told(self.document)])


def told(failed: dict[str, Any]) -> Sequence[str]:
    """The calls of a failed verification, a line for each and for each of its differences."""
    lines = []
    for miss in failed["misses"]:
        lines.append(f"  {miss['method']} {miss['path']} -> {miss['status']}")
        lines += [
            f"    {one['field']}: expected {one['expected']!r}, received {one['received']!r}"
            for one in miss["differences"]
        ]
    if not failed["misses"]:
        lines = [f"  {call['method']} {call['path']} -> {call['status']} at {call['at']}" for call in failed["fitting"]]
    return lines or ["  nothing was called that comes near"]


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

    def verify(self, method: str, path: str, **expected: Unpack[Expectation]) -> int:
        """How many calls there were of a path (with places `*`, `**`, `{name}`), if they were as expected.

        Raises VerificationFailed, which is an AssertionError too, or Refused (`validation`).
        """
        try:
            body = {"method": method, "path": path, **expected}
            count: int = self._connection.control("POST", "/requests/verify", body)["count"]
        except Refused as refused:
            if refused.code == "verification-failed":
                raise VerificationFailed(refused.document) from None
            raise
        return count
