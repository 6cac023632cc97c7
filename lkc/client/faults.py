"""Faults on demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack

from lkc.client.connection import Connection
from lkc.client.paths import path_of


class FaultOrder(TypedDict, total=False):
    """On which occasions a fault acts: at most `times`, on each `every`th, with a `probability`, `until` a moment.

    `to` is the address of a mail, or `keycenter` or `onetrust` for a feed; `minutes` is the length of a delay. Faults
    of the wire need a `system`, or `*`; `operation` narrows them. `retry_after` is in seconds; with `close` the
    connection ends where else a 502 would come.
    """

    system: str
    operation: str
    to: str
    minutes: float
    ms: int
    status: int
    retry_after: int
    close: bool
    times: int
    every: int
    probability: float
    until: str


class Fault(FaultOrder):
    """A fault on order: `met` occasions fitted, on `injected` of them it acted."""

    id: int
    kind: str
    met: NotRequired[int]
    injected: NotRequired[int]


class Faults:
    """The faults of the world."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, kind: str, **order: Unpack[FaultOrder]) -> Fault:
        """Orders a fault, such as `mail-bounce` or `status`; it acts from now on. Raises Refused (`validation`)."""
        added: Fault = self._connection.control("POST", "/faults", {"kind": kind, **order})
        return added

    def list(self) -> Sequence[Fault]:
        """All of them, and how often each met and acted."""
        found: list[Fault] = self._connection.control("GET", "/faults")
        return found

    def clear(self, fault_id: int | None = None) -> None:
        """Takes a fault back, or all. Raises Refused (`unknown-fault`)."""
        self._connection.control("DELETE", "/faults" + ("" if fault_id is None else path_of(fault_id)))
