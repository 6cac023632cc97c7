"""Other moments of a world: snapshots, and what can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from lkc.client.clock import Time
from lkc.client.connection import Connection
from lkc.client.paths import path_of


class Snapshot(TypedDict):
    """A moment that was saved: its name, what the world's clock showed, its size in bytes."""

    name: str
    at: str
    size: int


class Loaded(TypedDict):
    """The snapshot that was loaded, and the world's clock."""

    loaded: str
    clock: Time


class Change(TypedDict):
    """A change that can be undone: what it was, and what the world's clock showed before it."""

    reason: str
    at: str


class Undone(TypedDict):
    """What was undone, the world's clock, and what can be undone next, the last first."""

    undone: Change
    clock: Time
    left: list[Change]


class Snapshots:
    """The snapshots of the world; they stay until they, or the world, are deleted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, name: str) -> Snapshot:
        """Saves the world as it is, and replaces a snapshot of this name. Raises Refused (`validation`)."""
        saved: Snapshot = self._connection.control("PUT", path_of("snapshots", name))
        return saved

    def list(self) -> Sequence[Snapshot]:
        """All of them by name."""
        found: list[Snapshot] = self._connection.control("GET", "/snapshots")
        return found

    def load(self, name: str) -> Loaded:
        """Leads the world back to a snapshot. Raises Refused (`unknown-snapshot`)."""
        loaded: Loaded = self._connection.control("POST", path_of("snapshots", name, "load"))
        return loaded

    def delete(self, name: str) -> None:
        """Deletes a snapshot. Raises Refused (`unknown-snapshot`)."""
        self._connection.control("DELETE", path_of("snapshots", name))
