"""Load and crashes: short in the suite, long with `make stress`."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx

from tests.bench.orders import write_orders
from tests.builders import order
from tests.served.conftest import LKC, Served, start, stop

LONG = os.environ.get("LKC_STRESS") == "long"
STAFF = ("producer", "producer")
THREADS = 8


def in_threads(work: Callable[[int], None]) -> None:
    """Runs work in eight threads at once; what one raises is raised here."""
    raised: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            raised.append(error)
            raise

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []


def client(served: Served, world: str) -> httpx.Client:
    """A client of one world, as the vendor's staff."""
    return httpx.Client(base_url=f"{served.url}/w/{world}", auth=STAFF, timeout=60)


def prepared(served: Served, world: str) -> None:
    """A world with a customer of its own name."""
    httpx.post(f"{served.url}/_sim/worlds", json={"name": world}).raise_for_status()
    with client(served, world) as staff:
        body = {"icn": "0012345", "name": f"Customer of {world}", "country": "DE"}
        staff.post("/ordering/api/v1/customers", json=body).raise_for_status()


def booked_and_submitted(served: Served, world: str, rounds: int, numbers: list[str]) -> None:
    """Books, submits and reads in a world, and notes the order numbers."""
    with client(served, world) as staff:
        for _ in range(rounds):
            answer = staff.post("/ordering/api/v1/orders", json=order())
            assert answer.status_code == 201, answer.text
            assert answer.json()["customer_name"] == f"Customer of {world}"
            assert answer.headers["X-LKC-World"] == world
            number = answer.json()["order_number"]
            numbers.append(number)
            done = staff.post(f"/ordering/api/v1/orders/{number}/submit")
            assert done.status_code == 200, done.text
            read = staff.get(f"/lkc/api/v1/orders/{number}/licenses")
            assert read.status_code == 200, read.text
            assert len(read.json()) == 1


def test_two_processes_and_eight_threads_on_one_world(tmp_path: Path) -> None:
    """No lost update, no number twice, nothing locked: everything that was answered is there, once."""
    rounds = 100 if LONG else 12
    served = start("--data-dir", str(tmp_path), "--workers", "2")
    prepared(served, "busy")
    numbers: list[str] = []

    in_threads(lambda _: booked_and_submitted(served, "busy", rounds, numbers))

    with client(served, "busy") as staff:
        kept = {entry["order_number"] for entry in _all(staff, "/ordering/api/v1/orders", "order_number")}
        licensed = [entry["order_number"] for entry in _all(staff, "/lkc/api/v1/orders", "order_number")]
        mails = _all(staff, "/mail/api/v1/messages", "id")
        accounts = staff.get("/lkc/api/v1/accounts").json()
    assert stop(served) == 0
    assert len(numbers) == len(set(numbers)) == THREADS * rounds
    assert kept == set(numbers) == set(licensed)
    assert len(mails) == 2 * THREADS * rounds
    assert len(accounts) == 1


def test_two_processes_and_eight_threads_on_many_worlds(tmp_path: Path) -> None:
    """Each world sees its own calls alone, while others are forked, reset and deleted beside it."""
    rounds = 60 if LONG else 8
    served = start("--data-dir", str(tmp_path), "--workers", "2")
    for number in range(THREADS):
        prepared(served, f"own-{number}")

    def work(number: int) -> None:
        world, numbers = f"own-{number}", list[str]()
        booked_and_submitted(served, world, rounds, numbers)
        url = f"{served.url}/_sim/worlds/{world}"
        httpx.post(f"{url}/fork", json={"name": f"{world}-copy"}, timeout=60).raise_for_status()
        httpx.post(f"{url}/reset", json={}, timeout=60).raise_for_status()
        with client(served, world) as staff:
            assert staff.get("/ordering/api/v1/orders").json() == []
        with client(served, f"{world}-copy") as staff:
            kept = [entry["order_number"] for entry in _all(staff, "/ordering/api/v1/orders", "order_number")]
        assert kept == sorted(numbers)
        httpx.delete(f"{served.url}/_sim/worlds/{world}-copy", timeout=60).raise_for_status()

    in_threads(work)

    assert stop(served) == 0


def test_a_killed_import_leaves_whole_orders_and_can_be_run_again(tmp_path: Path) -> None:
    """Killed at any moment, every committed order is whole; running the import to its end doubles nothing."""
    kills, orders = (50, 3000) if LONG else (4, 1200)
    file, data = tmp_path / "orders.csv", tmp_path / "data"
    write_orders(file, orders, customers=40)
    for kill in range(kills):
        served = start("--data-dir", str(data), "--from", "empty")
        importing = _import(served, file)
        time.sleep(0.05 + (kill * 0.37) % 1.2)
        _kill(served)
        importing.wait(60)
        _check_whole(data)

    served = start("--data-dir", str(data), "--from", "empty")
    assert _import(served, file).wait(120) == 0
    with client(served, "default") as staff:
        found = Counter(entry["purchase_order"] for entry in _all(staff, "/ordering/api/v1/orders", "order_number"))
    assert stop(served) == 0
    _check_whole(data)
    assert len(found) == orders
    assert set(found.values()) == {1}


def test_a_disk_that_is_full_is_told_and_corrupts_nothing(tmp_path: Path) -> None:
    """Where files cannot grow, calls are refused clearly; what was answered before is there, and reading goes on."""
    limit = 700 * 1024
    data = tmp_path / "data"
    stop(start("--data-dir", str(data), "--from", "empty"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        served = start("--data-dir", str(data), "--from", "empty")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    statuses, numbers = Counter[int](), []
    with client(served, "default") as staff:
        staff.post("/ordering/api/v1/customers", json={"icn": "0012345", "name": "Acme", "country": "DE"})
        for _ in range(1500):
            answer = staff.post("/ordering/api/v1/orders", json=order())
            statuses[answer.status_code] += 1
            if answer.status_code == 201:
                numbers.append(answer.json()["order_number"])
            else:
                assert answer.json()["code"] in {"storage-full", "storage-unavailable"}
                if statuses[answer.status_code] > 5:
                    break
        kept = [entry["order_number"] for entry in _all(staff, "/ordering/api/v1/orders", "order_number")]
    stop(served)

    assert set(statuses) & {503, 507}
    assert kept == numbers
    _check_whole(data)


def _all(staff: httpx.Client, path: str, key: str) -> list[dict[str, str]]:
    """All pages of a list."""
    rows: list[dict[str, str]] = []
    while True:
        after = f"&after={rows[-1][key]}" if rows else ""
        answer = staff.get(f"{path}?limit=500{after}")
        rows += answer.json()
        if "Link" not in answer.headers:
            return rows


def _import(served: Served, file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [LKC, "orders", "import", str(file), "--url", served.url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _kill(served: Served) -> None:
    """Kills the server and its workers, all at once and without a word."""
    pid = served.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    for victim in [*map(int, children), pid]:
        os.kill(victim, signal.SIGKILL)
    served.process.wait(10)
    assert served.process.stdout is not None
    served.process.stdout.close()


def _check_whole(data: Path) -> None:
    """Every order has its lines, its licenses and its mails, and the file is sound."""
    (link,) = (data / "worlds").iterdir()
    current, _, _ = str(link.readlink()).partition(":")
    with closing(sqlite3.connect(data / "generations" / current)) as connection:

        def count(query: str) -> int:
            found: int = connection.execute(query).fetchone()[0]
            return found

        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        submitted = count("SELECT count(*) FROM ordering_order WHERE status = 'submitted'")
        assert count("SELECT count(*) FROM keycenter_order") == submitted
        assert count("SELECT count(*) FROM keycenter_license") == submitted
        assert count("SELECT count(*) FROM onetrust_entitlement") == submitted
        assert count("SELECT count(*) FROM mail_message") == 2 * submitted
        orders = count("SELECT count(*) FROM ordering_order")
        lines = count("SELECT count(DISTINCT order_number) FROM ordering_line")
        assert lines == orders
