"""How long it takes to arrange the cases of the documented questions, and to explain one of them."""

from __future__ import annotations

import json
import statistics
import time
from http import HTTPStatus
from pathlib import Path

from lkc.app import Landscape
from lkc.config import Settings
from lkc.scenarios.cases import questions
from lkc.world.nested import Call, call
from lkc.world.store import Origin
from tests.bench.measure import Figure, median

BOUND = 50
ROUNDS = 3


def cases(folder: Path) -> list[Figure]:
    """Arranging each case in an untouched world, and as the beginning of a new one, through the whole HTTP face."""
    landscape = Landscape(Settings(data_dir=folder / "cases", ephemeral=True))
    found = [case for question in questions() for case in question.cases]
    taken: dict[str, list[float]] = {case.id: [] for case in found}
    begun: list[float] = []
    for round_ in range(ROUNDS):
        for number, case in enumerate(found):
            world, new = f"c{round_}-{number}", f"n{round_}-{number}"
            landscape.store.create(world, Origin())
            taken[case.id].append(_timed(landscape, world, f"/_sim/scenarios/{case.id}/arrange", {}))
            begun.append(_timed(landscape, world, "/_sim/worlds", {"name": new, "from": f"scenario:{case.id}"}))
            landscape.store.delete(world)
            landscape.store.delete(new)
    landscape.store.create("floor", Origin())
    least = median(lambda: call(landscape, Call(world="floor", method="GET", path="/_sim/clock")), 200) * 1000
    landscape.close()
    each = {name: statistics.median(times) for name, times in taken.items()}
    usual, slowest = statistics.median(each.values()), max(each, key=lambda name: each[name])
    floor = f"{least:.2f} ms (one call that reads the clock)"
    return [
        Figure("arranging a case", f"{usual:.0f} ms", floor, f"{usual / least:.0f}", f"<= {BOUND} ms", usual <= BOUND),
        Figure(
            "a new world that begins with a case",
            f"{statistics.median(begun):.0f} ms",
            floor,
            f"{statistics.median(begun) / least:.0f}",
            f"<= {BOUND} ms",
            statistics.median(begun) <= BOUND,
        ),
        Figure(
            f"arranging the slowest, {slowest}",
            f"{each[slowest]:.0f} ms",
            floor,
            f"{each[slowest] / least:.0f}",
            f"<= {BOUND} ms",
            each[slowest] <= BOUND,
        ),
    ]


def _timed(landscape: Landscape, world: str, path: str, body: dict[str, str]) -> float:
    """How long a control call takes, in milliseconds."""
    headers = {"Content-Type": "application/json"}
    made = Call(world=world, method="POST", path=path, headers=headers, body=json.dumps(body).encode())
    began = time.perf_counter()
    reply = call(landscape, made)
    took = (time.perf_counter() - began) * 1000
    if reply.status >= HTTPStatus.BAD_REQUEST:
        raise RuntimeError(reply.body.decode())
    return took
