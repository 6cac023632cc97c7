"""The figures that the product promises, each beside its floor."""

from __future__ import annotations

import base64
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from lkc.app import RECEIVERS
from lkc.seeds.recipes import recipes
from lkc.world.session import Access
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from tests.bench.measure import Figure, median, pss_kib, seconds, side_by_side
from tests.bench.orders import KEY_FILE, ONETRUST, write_orders
from tests.bench.servers import LKC, STAFF, Wire, bare_route, simulator

ICN, MAIL, PASSWORD = "0012345", "ann@acme.example", "correct horse"
ORDER = {
    "icn": ICN,
    "purchase_order": "PO-1",
    "contact": {"name": "Ann", "email": MAIL},
    "registered_end_users": [{"name": "Ann", "email": MAIL}],
    "lines": [
        {"part_number": KEY_FILE, "quantity": 5, "expiration_date": "31-DEC-2014"},
        {"part_number": ONETRUST, "quantity": 5, "expiration_date": "31-DEC-2014"},
    ],
}


def start_up(folder: Path) -> list[Figure]:
    """From starting the process to the first correct answer of a system."""

    def start() -> float:
        began = time.perf_counter()
        with simulator(folder / "start") as wire:
            wire.call("GET", "/ordering/api/v1/orders?limit=1", headers=STAFF)
            return time.perf_counter() - began

    def floor() -> None:
        subprocess.run([sys.executable, "-c", "import flask, sqlalchemy.orm"], check=True)

    start()
    taken, floors = [], []
    for _ in range(7):
        taken.append(start())
        floors.append(seconds(floor))
    mine, theirs = sorted(taken)[3], sorted(floors)[3]
    ratio = mine / theirs
    return [
        Figure(
            "start to first answer",
            f"{mine:.2f} s",
            f"{theirs:.2f} s (import of flask and sqlalchemy.orm)",
            f"{ratio:.2f}",
            "<= 1.5 x, <= 0.5 s",
            ratio <= 1.5 and mine <= 0.5,
        )
    ]


def worlds(folder: Path) -> list[Figure]:
    """Making, forking and resetting worlds, the first query included; small ones and one of 50,000 rows."""
    store = SqliteStore(folder / "worlds", "OFF")
    demo = recipes(RECEIVERS)["demo"].origin(Origin(source="demo"))
    names = (f"w{number}" for number in count())
    store.create("base", demo)
    store.create("large", Origin(furnish=furnish_50000))

    def touch(name: str) -> None:
        with store.session(name, Access.READ) as world:
            world.driver.execute("SELECT count(*) FROM keycenter_account").fetchone()

    def fresh(begin: Callable[[str], object]) -> Callable[[], None]:
        def work() -> None:
            name = next(names)
            begin(name)
            touch(name)

        return work

    def again(name: str) -> Callable[[], None]:
        def work() -> None:
            store.reset(name)
            touch(name)

        return work

    table = [
        ("new world, empty", fresh(lambda name: store.create(name, Origin())), 3),
        ("new world, demo", fresh(lambda name: store.create(name, demo)), 3),
        ("fork of the demo world", fresh(lambda name: store.fork("base", name)), 3),
        ("reset of the demo world", again("base"), 3),
        ("fork of 50,000 rows", fresh(lambda name: store.fork("large", name)), 20),
        ("reset of 50,000 rows", again("large"), 20),
    ]
    figures = [_world_figure(name, work, bound, lambda: _copied_and_read(store)) for name, work, bound in table]
    store.close()
    return figures


def _copied_and_read(store: SqliteStore) -> None:
    """The least that a new world costs."""
    path = store.files.generations / "floor.sqlite"
    shutil.copyfile(store.files.path(store.files.current("base")), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT count(*) FROM keycenter_account").fetchone()


def _world_figure(name: str, work: Callable[[], None], bound: int, least_work: Callable[[], None]) -> Figure:
    taken, floor = median(work, 60) * 1000, median(least_work, 60) * 1000
    value, least = f"{taken:.1f} ms", f"{floor:.1f} ms (a copied file and a query)"
    return Figure(name, value, least, f"{taken / floor:.1f}", f"<= {bound} ms", taken <= bound)


def calls(folder: Path) -> list[Figure]:
    """Single calls on one keep-alive connection, taking turns with the bare route."""
    with simulator(folder / "calls", "--from", "empty") as wire, bare_route() as bare:
        token, member = furnish_over_http(wire)
        numbers = count(1)

        def customer() -> None:
            body = {"icn": f"{1000000 + next(numbers)}", "name": "Acme", "country": "DE"}
            wire.call("POST", "/ordering/api/v1/customers", body, STAFF)

        work: dict[str, Callable[[], object]] = {
            "bare": lambda: bare.call("GET", "/bare"),
            "license read": lambda: wire.call("GET", "/lkc/api/v1/licenses/L-1", headers=member),
            "customer created": customer,
            "order booked": lambda: wire.call("POST", "/ordering/api/v1/orders", ORDER, STAFF),
            "token retrieval": lambda: wire.call("GET", f"/onetrust/api/v1/tokens/{token}/entitlements"),
        }
        taken = side_by_side(work, rounds=12, calls=150)
    floor = taken.pop("bare")
    bounds = {"license read": 0.6, "customer created": 0.45, "order booked": 0.28, "token retrieval": 0.5}
    return [
        Figure(
            f"{name}, one connection",
            f"{1 / each:,.0f}/s",
            f"{1 / floor:,.0f}/s (bare Flask route)",
            f"{floor / each:.2f}",
            f">= {bounds[name]}",
            floor / each >= bounds[name],
        )
        for name, each in taken.items()
    ]


def size(folder: Path, rows: int) -> list[Figure]:
    """The same reads in a world of 1,000 licenses and in a large one, built by the product's own import."""
    with simulator(folder / "size", "--from", "empty") as wire:
        work: dict[str, Callable[[], object]] = {}
        for name, licenses in (("small", 1000), ("large", rows)):
            wire.call("POST", "/_sim/worlds", {"name": name})
            path = folder / f"{name}.csv"
            write_orders(path, licenses // 50, key_file_lines=50, customers=licenses // 50)
            _import(wire, path, name)
            tokens = wire.call("GET", f"/w/{name}/onetrust/api/v1/tokens?limit=1", headers=STAFF)
            for what, call in _reads(wire, name, tokens[0]["token"], licenses // 2):
                work[f"{what} {name}"] = call
        taken = side_by_side(work, rounds=12, calls=100)
    figures = []
    for what in ("license read", "token retrieval"):
        small, large = taken[f"{what} small"], taken[f"{what} large"]
        value, floor = f"{large * 1e6:.0f} us", f"{small * 1e6:.0f} us (1,000 licenses)"
        name = f"{what} in {rows:,} licenses"
        figures.append(Figure(name, value, floor, f"{large / small:.2f}", "<= 1.1 x", large / small <= 1.1))
    return figures


def imports(folder: Path) -> list[Figure]:
    """`lkc orders import` of 20,000 orders, booked and submitted, mails included; and what it costs in memory."""
    path = folder / "import.csv"
    write_orders(path, 20_000)
    with simulator(folder / "imports", "--from", "empty") as wire:
        warm = folder / "warm.csv"
        write_orders(warm, 1000)
        _import(wire, warm, "default")
        before = pss_kib(wire.pid)
        taken = seconds(lambda: _import(wire, path, "default"))
        grown = (pss_kib(wire.pid) - before) / 1024
    rate = 20_000 / taken
    return [
        Figure("orders import", f"{rate:,.0f} orders/s", "-", "-", ">= 2,000/s", rate >= 2000),
        Figure("memory it grows by", f"{grown:.1f} MiB", "-", "-", "<= 15 MiB", grown <= 15),
    ]


def memory(folder: Path) -> list[Figure]:
    """What a ready simulator and an idle world need (PSS of all processes)."""
    with simulator(folder / "memory") as wire:
        wire.call("GET", "/ordering/api/v1/orders?limit=1", headers=STAFF)
        ready = pss_kib(wire.pid)
        for number in range(200):
            wire.call("POST", "/_sim/worlds", {"name": f"idle-{number}"})
            wire.call("GET", f"/w/idle-{number}/_sim/clock")
        each = (pss_kib(wire.pid) - ready) / 200
    return [
        Figure("memory when ready", f"{ready / 1024:.0f} MiB", "-", "-", "<= 90 MiB", ready <= 90 * 1024),
        Figure("memory of an idle world", f"{each:.0f} KiB", "-", "-", "<= 40 KiB", each <= 40),
    ]


def many_worlds(folder: Path) -> list[Figure]:
    """A read, and a start, with one world in the data directory and with a thousand."""
    read, start = {}, {}
    for worlds_ in (1, 1000):
        with simulator(folder / "many", "--from", "empty") as wire:
            for number in range(worlds_ - 1):
                wire.call("POST", "/_sim/worlds", {"name": f"m-{number}"})
            read[worlds_] = side_by_side({"read": lambda: wire.call("GET", "/_sim/clock")}, 12, 150)["read"]
        start[worlds_] = median(lambda: _started(folder / "many"), 5)
    figures = []
    for name, taken, unit, scale in (("read", read, "us", 1e6), ("start", start, "ms", 1e3)):
        ratio = taken[1000] / taken[1]
        value, floor = f"{taken[1000] * scale:.0f} {unit}", f"{taken[1] * scale:.0f} {unit} (one world)"
        title = f"{name} among 1,000 worlds"
        figures.append(Figure(title, value, floor, f"{ratio:.2f}", "does not grow", ratio <= 1.15))
    return figures


def _started(data_dir: Path) -> None:
    with simulator(data_dir) as wire:
        wire.call("GET", "/_sim/clock")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lkc-bench-") as name:
        yield Path(name)


def furnish_50000(world: Any) -> None:
    """Fills a world with so many rows."""
    for number in range(50_000):
        world.record("ordering", "filled", f"Row {number}.", number=number)


def furnish_over_http(wire: Wire) -> tuple[str, dict[str, str]]:
    """An order with both kinds, and a member with a password: the token, and the member's credential."""
    wire.call("POST", "/ordering/api/v1/customers", {"icn": ICN, "name": "Acme", "country": "DE"}, STAFF)
    number = wire.call("POST", "/ordering/api/v1/orders", ORDER, STAFF)["order_number"]
    wire.call("POST", f"/ordering/api/v1/orders/{number}/submit", {}, STAFF)
    wire.call("POST", "/lkc/api/v1/password-finder", {"email": MAIL})
    mail = wire.call("GET", "/mail/api/v1/messages?subject=Password")[0]
    link = mail["links"][0].rpartition("/")[2]
    wire.call("POST", "/lkc/api/v1/password", {"token": link, "password": PASSWORD})
    token = wire.call("GET", "/onetrust/api/v1/tokens", headers=STAFF)[0]["token"]
    credential = base64.b64encode(f"{MAIL}:{PASSWORD}".encode()).decode()
    return token, {"Authorization": f"Basic {credential}"}


def _reads(wire: Wire, world: str, token: str, license_: int) -> list[tuple[str, Callable[[], object]]]:
    return [
        ("license read", lambda: wire.call("GET", f"/w/{world}/lkc/api/v1/licenses/L-{license_}", headers=STAFF)),
        ("token retrieval", lambda: wire.call("GET", f"/w/{world}/onetrust/api/v1/tokens/{token}/entitlements")),
    ]


def _import(wire: Wire, path: Path, world: str) -> None:
    url = f"http://127.0.0.1:{wire.port}"
    command = [str(LKC), "orders", "import", str(path), "--url", url, "--world", world, "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wire.connection.close()  # an idle connection may have been ended meanwhile; the next call opens another
