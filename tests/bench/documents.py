"""How long a world of 50,000 rows takes as a document, out and in, and how long a comparison of two of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lkc.app import SYSTEMS
from lkc.scenarios.state import layout_with_cases
from lkc.world.session import Access, WorldSession
from lkc.world.sqlite.store import SqliteStore
from lkc.world.state.comparing import changes
from lkc.world.state.loading import origin_of
from lkc.world.state.writing import written
from lkc.world.store import Origin
from tests.bench.measure import Figure, median

ROUNDS = 5


def documents(folder: Path, furnish: Callable[[WorldSession], None]) -> list[Figure]:
    """A large world out and in, and compared with one that differs in a few rows."""
    store, layout = SqliteStore(folder / "documents", "OFF"), layout_with_cases(SYSTEMS)
    store.create("large", Origin(furnish=furnish))
    store.fork("large", "other")
    with store.session("other", Access.WRITE) as world:
        world.record("ordering", "changed", "One row more.")

    def export() -> str:
        with store.session("large", Access.READ) as world:
            return "".join(written(world, layout))

    text = export().encode()

    def load() -> None:
        store.create("copy", origin_of(text, layout))
        store.delete("copy")

    def compare() -> None:
        with store.session("large", Access.READ) as one, store.session("other", Access.READ) as other:
            assert len(list(changes(one, other, layout))) == 2

    table = [
        ("state of 50,000 rows, exported", median(export, ROUNDS), 3.0),
        ("state of 50,000 rows, imported", median(load, ROUNDS), 10.0),
        ("diff of two worlds of 50,000 rows", median(compare, ROUNDS), 1.0),
    ]
    store.close()
    return [
        Figure(name, f"{taken * 1000:,.0f} ms", "-", "-", f"<= {most * 1000:,.0f} ms", taken <= most)
        for name, taken, most in table
    ]
