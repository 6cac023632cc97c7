"""What the journal costs: the same calls of two simulators, one with and one without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.bench.figures import furnish_over_http
from tests.bench.measure import Figure, side_by_side
from tests.bench.servers import simulator, without_journal


def journal_cost(folder: Path) -> list[Figure]:
    """A license read with the journal and without, in turns, on one connection each."""
    with simulator(folder / "loud", "--from", "empty") as loud, without_journal(folder / "quiet") as quiet:
        work: dict[str, Callable[[], object]] = {}
        for name, wire in (("with", loud), ("without", quiet)):
            _, member = furnish_over_http(wire)
            work[name] = lambda wire=wire, member=member: wire.call(  # type: ignore[misc] # bound now
                "GET", "/lkc/api/v1/licenses/L-1", headers=member
            )
        taken = side_by_side(work, rounds=14, calls=150)
    ratio = taken["with"] / taken["without"]
    value, floor = f"{taken['with'] * 1e6:.0f} us", f"{taken['without'] * 1e6:.0f} us (no journal)"
    return [Figure("journal cost, license read", value, floor, f"{ratio:.2f}", "<= 1.15 x", ratio <= 1.15)]
