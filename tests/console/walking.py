"""Somebody at the trainer's desk."""

from __future__ import annotations

from tests.reader import Reader
from tests.wire import Wire


def at_desk(wire: Wire, path: str = "/", status: int = 200) -> Reader:
    """A trainer at a page of the desk, which is answered with this status."""
    return Reader(wire.landscape, wire.world).open(path, status)
