"""`make bench`: measures every figure, prints the table and keeps it in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import figures
from tests.bench.cases import cases
from tests.bench.checkpoints import checkpoints
from tests.bench.desk import desk
from tests.bench.documents import documents
from tests.bench.explaining import explaining
from tests.bench.journal import journal_cost
from tests.bench.many import many
from tests.bench.measure import Figure, markdown
from tests.bench.pages import pages
from tests.bench.suites import suites

DEFAULT_ROWS = 100_000
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- table: written by make bench -->", "<!-- end of table -->"


def main() -> None:
    """Measures, prints and writes down."""
    rows = int(os.environ.get("ROWS", DEFAULT_ROWS))
    found: list[Figure] = []
    with figures.folder() as folder:
        measures: dict[str, Callable[[], list[Figure]]] = {
            # First: where many files were removed a moment ago, some file systems make new ones slowly.
            "worlds": lambda: figures.worlds(folder),
            "start": lambda: figures.start_up(folder),
            "checkpoints": lambda: checkpoints(folder, figures.furnish_50000),
            "calls": lambda: figures.calls(folder),
            "journal": lambda: journal_cost(folder),
            "import": lambda: figures.imports(folder),
            "memory": lambda: figures.memory(folder),
            "documents": lambda: documents(folder, figures.furnish_50000),
            "cases": lambda: cases(folder),
            "suites": lambda: suites(folder),
            "explain": lambda: explaining(folder),
            "pages": pages,
            "desk": lambda: desk(folder),
            "ten thousand orders": lambda: many(folder),
            "many worlds": lambda: figures.many_worlds(folder),
            # Last: the disk goes on writing the large world for a while after it is built.
            "size": lambda: figures.size(folder, rows),
        }
        for name, measure in measures.items():
            print(f"measuring: {name} ...", file=sys.stderr, flush=True)
            found += measure()
    table = markdown(found)
    print(table)
    _write_down(table)


def _write_down(table: str) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    DOCUMENT.write_text(
        f"{head}{BEGIN}\n\nMeasured on: {machine}.\n\n{table}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
