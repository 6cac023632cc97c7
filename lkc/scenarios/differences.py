"""Two worlds side by side: what is different in the second."""

from __future__ import annotations

from itertools import islice

from lkc.scenarios.state import SYSTEM, current_layout
from lkc.world.session import Access
from lkc.world.state.comparing import Change, changes
from lkc.world.store import WorldStore


def differences(
    store: WorldStore, one: str, other: str, most: int, *, without_case: bool = False
) -> tuple[list[Change], int]:
    """The first differences between two worlds, and how many more there are. Raises UnknownWorld.

    Where a quiz must not be given away, `without_case` leaves out what is kept of the cases themselves.
    """
    with store.session(one, Access.READ) as first, store.session(other, Access.READ) as second:
        every = changes(first, second, current_layout())
        found = (change for change in every if not (without_case and change.system == SYSTEM))
        return list(islice(found, most)), sum(1 for _ in found)
