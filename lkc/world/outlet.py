"""Who takes what leaves worlds for the outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from lkc.world.session import WorldSession


class Outlet(Protocol):
    """Takes what leaves a world, once the transaction that lets it go is committed."""

    def take(self, world: WorldSession, parcels: Sequence[tuple[int, str]]) -> None:
        """Takes numbers and destinations over; waits for nothing, and raises nothing."""
