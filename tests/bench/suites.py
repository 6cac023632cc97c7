"""What a test of a user's suite pays for a world of its own, as the pytest plugin makes it and takes it away."""

from __future__ import annotations

from pathlib import Path

from lkc.client import Client
from lkc.client.suite import Suite
from tests.bench.measure import Figure, side_by_side
from tests.bench.servers import simulator

BOUND = 5


def suites(folder: Path) -> list[Figure]:
    """A world made and deleted over HTTP, empty and of a case, beside one call."""
    with simulator(folder / "suites", "--from", "empty") as wire, Client(f"http://127.0.0.1:{wire.port}") as client:
        suite = Suite(client, "bench")
        taken = side_by_side(
            {
                "floor": lambda: wire.call("GET", "/_sim/clock"),
                "a world for a test, and its end": lambda: suite.end(suite.begin()),
                "the same with a case": lambda: suite.end(suite.begin(from_="scenario:13/date-format")),
            },
            rounds=12,
            calls=40,
        )
        suite.close()
    least = taken.pop("floor")
    floor = f"{least * 1000:.2f} ms (one call that reads the clock)"
    return [
        Figure(
            name,
            f"{each * 1000:.1f} ms",
            floor,
            f"{each / least:.1f}",
            f"<= {BOUND} ms",
            each * 1000 <= BOUND,
        )
        for name, each in taken.items()
    ]
