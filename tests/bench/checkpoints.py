"""What a checkpoint costs before a change, in a small world and in a large one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lkc.app import RECEIVERS
from lkc.seeds.recipes import recipes
from lkc.world.session import Access
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from tests.bench.measure import Figure, side_by_side


def checkpoints(folder: Path, furnish: Callable[[Any], None]) -> list[Figure]:
    """A transaction with a checkpoint, beside one without and beside writing the same bytes to a new file."""
    store = SqliteStore(folder / "checkpoints", "OFF")
    store.create("small", recipes(RECEIVERS)["demo"].origin(Origin(source="demo")))
    store.create("large", Origin(furnish=furnish))
    figures = [
        _figure(store, "small", "the demo world"),
        _figure(store, "large", "50,000 rows"),
    ]
    store.close()
    return figures


def _figure(store: SqliteStore, world: str, title: str) -> Figure:
    content = store.files.path(store.files.current(world)).read_bytes()
    copied = store.files.root / "floor"

    def nothing() -> None:
        with store.session(world, Access.WRITE):
            pass

    def checkpoint() -> None:
        with store.session(world, Access.WRITE) as session:
            store.snapshots.checkpoint(session, "advance")

    def write() -> None:
        copied.unlink(missing_ok=True)
        copied.write_bytes(content)

    taken = side_by_side({"nothing": nothing, "checkpoint": checkpoint, "write": write}, rounds=7, calls=30)
    cost, floor = (taken["checkpoint"] - taken["nothing"]) * 1000, taken["write"] * 1000
    least = f"{floor:.2f} ms ({len(content) / 2**20:.1f} MiB written)"
    return Figure(f"checkpoint of {title}", f"{cost:.2f} ms", least, f"{cost / floor:.1f}", "-", None)
