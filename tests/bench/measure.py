"""How figures are taken: medians, floors in the same run, and a table that says whether they are met."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One line of the table; `met` is None where there is no bound."""

    name: str
    value: str
    floor: str
    ratio: str
    must: str
    met: bool | None


def seconds(work: Callable[[], object]) -> float:
    """How long something takes, once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(work: Callable[[], object], runs: int) -> float:
    """The median of so many runs, in seconds."""
    return statistics.median(seconds(work) for _ in range(runs))


def side_by_side(work: dict[str, Callable[[], object]], rounds: int, calls: int) -> dict[str, float]:
    """Median seconds a call of several things that take turns, so that a slow moment hits all of them."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, call in work.items():
            for _ in range(calls // 10):
                call()
            began = time.perf_counter()
            for _ in range(calls):
                call()
            taken[name].append((time.perf_counter() - began) / calls)
    return {name: statistics.median(values) for name, values in taken.items()}


def pss_kib(pid: int) -> int:
    """Proportional set size of a process and its children, in KiB: shared pages count once in all."""
    total = 0
    for process in [pid, *children(pid)]:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total


def children(pid: int) -> list[int]:
    """The children of a process, and theirs."""
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return found + [grandchild for child in found for grandchild in children(child)]


def markdown(figures: list[Figure]) -> str:
    """The table as Markdown, aligned for reading as plain text too."""
    header = ["figure", "value", "floor", "ratio", "must", "met"]
    rows = [
        [figure.name, figure.value, figure.floor, figure.ratio, figure.must, _word(figure.met)] for figure in figures
    ]
    widths = [max(len(row[place]) for row in [header, *rows]) for place in range(len(header))]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in [header, *rows]]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _word(met: bool | None) -> str:  # noqa: FBT001 - a column of the table
    return "-" if met is None else ("yes" if met else "NO")
