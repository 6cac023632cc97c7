"""`make stress`: the load and crash tests at length; what came of it is kept in docs/benchmarks.md."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- stress: written by make stress -->", "<!-- end of stress -->"


def main() -> int:
    """Runs the tests, writes their outcome down and tells it by the exit code."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "tests/stress", "-v", "--no-header", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "LKC_STRESS": "long"}, capture_output=True, text=True, check=False
    )
    print(done.stdout)
    outcomes = [line.split("::")[1].split()[:2] for line in done.stdout.splitlines() if "::" in line and "%" in line]
    lines = [f"- {name.removeprefix('test_').replace('_', ' ')}: {outcome.lower()}" for name, outcome in outcomes]
    text = DOCUMENT.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    body = "\n".join([f"Last run, {time.perf_counter() - began:.0f} s:", "", *lines])
    DOCUMENT.write_text(f"{head}{BEGIN}\n\n{body}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
