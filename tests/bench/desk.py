"""How soon the trainer's desk answers in a world of very many orders: in process, without HTTP."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from lkc.app import RECEIVERS, Landscape
from lkc.config import Settings
from lkc.ordering.importing import Source, import_orders
from lkc.world.nested import Call, call
from lkc.world.session import Access
from lkc.world.store import Origin
from tests.bench.measure import Figure, median
from tests.bench.orders import write_orders

SMALL, BOUND, MOST = 1_000, 50, 1.5


def desk(folder: Path, orders: int = 50_000, licenses_each: int = 2) -> list[Figure]:
    """The map, as it is seen first, in a small world and in a large one that the product's own import has filled."""
    landscape = Landscape(Settings(data_dir=folder / "desk", ephemeral=True))
    for name, count in (("small", SMALL), ("large", orders)):
        path = folder / f"desk-{name}.csv"
        write_orders(path, count, key_file_lines=licenses_each, customers=count // 10)
        landscape.store.create(name, Origin())
        source = Source(body=path.read_bytes(), is_csv=True, file=path.name, first_row=1)
        import_orders(source, partial(landscape.store.session, name, Access.WRITE), RECEIVERS)
    small, large = (median(partial(_map_of, landscape, name), 30) * 1000 for name in ("small", "large"))
    landscape.close()
    ratio, name = large / small, f"map of {orders:,} orders, {orders * licenses_each:,} licenses"
    met, must = large <= BOUND and ratio <= MOST, f"<= {BOUND} ms, <= {MOST} x"
    return [Figure(name, f"{large:.1f} ms", f"{small:.1f} ms ({SMALL:,} orders)", f"{ratio:.2f}", must, met)]


def _map_of(landscape: Landscape, world: str) -> None:
    reply = call(landscape, Call(world=world, method="GET", path="/"))
    if b"The landscape" not in reply.body:
        raise RuntimeError(reply.body.decode())
