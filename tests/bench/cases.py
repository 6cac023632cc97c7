"""How long it takes to arrange the cases of the documented questions, and to explain one of them."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from lkc.app import Landscape
from lkc.config import Settings
from lkc.scenarios.cases import questions
from lkc.scenarios.playing import arrange
from lkc.scenarios.stage import Stage
from lkc.world.nested import Call, call
from lkc.world.store import Origin
from tests.bench.measure import Figure, median

BOUND = 50
ROUNDS = 3


def cases(folder: Path) -> list[Figure]:
    """Arranging each case in an untouched world, through the whole HTTP face."""
    landscape = Landscape(Settings(data_dir=folder / "cases", ephemeral=True))
    found = [case for question in questions() for case in question.cases]
    taken: dict[str, list[float]] = {case.id: [] for case in found}
    for round_ in range(ROUNDS):
        for number, case in enumerate(found):
            world = f"c{round_}-{number}"
            landscape.store.create(world, Origin(at=case.at))
            stage = Stage(landscape, world, ("producer", "producer"))
            began = time.perf_counter()
            arrange(stage, case)
            taken[case.id].append((time.perf_counter() - began) * 1000)
            landscape.store.delete(world)
    landscape.store.create("floor", Origin())
    least = median(lambda: call(landscape, Call(world="floor", method="GET", path="/_sim/clock")), 200) * 1000
    landscape.close()
    each = {name: statistics.median(times) for name, times in taken.items()}
    usual, slowest = statistics.median(each.values()), max(each, key=lambda name: each[name])
    floor = f"{least:.2f} ms (one call that reads the clock)"
    return [
        Figure("arranging a case", f"{usual:.0f} ms", floor, f"{usual / least:.0f}", f"<= {BOUND} ms", usual <= BOUND),
        Figure(
            f"arranging the slowest, {slowest}",
            f"{each[slowest]:.0f} ms",
            floor,
            f"{each[slowest] / least:.0f}",
            f"<= {BOUND} ms",
            each[slowest] <= BOUND,
        ),
    ]
