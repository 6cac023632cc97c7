"""Worlds that are reset, deleted, made and used by many at once, at two serving processes."""

from __future__ import annotations

import threading
import time
from collections import Counter
from pathlib import Path

import httpx

from tests.served.conftest import Served, start, stop

SECONDS = 4.0
THREADS = 8
STAFF = ("producer", "producer")
CALLS: tuple[tuple[str, str, dict[str, str] | None], ...] = (
    ("POST", "/_sim/worlds", {"name": "w", "from": "demo"}),
    ("POST", "/_sim/worlds/w/reset", {}),
    ("DELETE", "/_sim/worlds/w", None),
    ("POST", "/_sim/worlds", {"name": "w"}),
    ("POST", "/_sim/worlds/default/fork", {"name": "w"}),
    ("GET", "/w/w/ordering/api/v1/orders", None),
    ("POST", "/w/w/ordering/api/v1/customers", {"icn": "1234567", "name": "n", "country": "DE"}),
    ("POST", "/_sim/worlds/w/reset", {}),
    ("GET", "/_sim/worlds/w", None),
)


def use(served: Served, number: int, met: Counter[int]) -> None:
    """Makes the calls in turn, each thread in a stride of its own, over one connection."""
    end, place = time.monotonic() + SECONDS, number
    with httpx.Client(base_url=served.url, auth=STAFF, timeout=60) as client:
        while time.monotonic() < end:
            method, path, body = CALLS[place % len(CALLS)]
            met[client.request(method, path, json=body).status_code] += 1
            place += number + 1


def test_no_call_fails_of_another(tmp_path: Path) -> None:
    """Each is done, or told that the world is not there or there already; no connection breaks."""
    running = start("--data-dir", str(tmp_path), "--workers", "2")
    counts: list[Counter[int]] = [Counter() for _ in range(THREADS)]
    threads = [threading.Thread(target=use, args=(running, number, counts[number])) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stop(running)

    assert all(count.total() > 0 for count in counts)
    assert set(sum(counts, Counter())) <= {200, 201, 204, 404, 409}
