"""How soon the imitated pages answer in a world of ten thousand orders: in process, without HTTP."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from lkc.app import Landscape
from lkc.config import Settings
from tests.bench.measure import Figure, median
from tests.many import ORDERS, PATHS, reader_of_many

BOUND = 100


def many(folder: Path) -> list[Figure]:
    """The page that takes the longest."""
    landscape = Landscape(Settings(data_dir=folder / "many", ephemeral=True))
    reader = reader_of_many(landscape)
    took = {path: median(partial(reader.open, path), 7) * 1000 for path in PATHS}
    landscape.close()
    slowest = max(took, key=lambda path: took[path])
    name = f"slowest page of {ORDERS:,} orders, {slowest}"
    return [Figure(name, f"{took[slowest]:.0f} ms", "-", "-", f"<= {BOUND} ms", took[slowest] <= BOUND)]
