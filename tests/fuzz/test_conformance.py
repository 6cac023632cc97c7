"""A served demo world under made-up calls: whatever comes, the answer is one that the OpenAPI document knows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx

from tests.served.conftest import start, stop

ROOT = Path(__file__).resolve().parents[2]
SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
# The checks, and what is left out of them and why.
SETTINGS = Path(__file__).with_name("schemathesis.toml")


def test_made_up_calls_are_answered_as_described(tmp_path: Path) -> None:
    """No mistake of the simulator; no status, media type, header or member that the document does not have; what fits
    a schema is taken, what does not is refused, as is a call without its credential.
    """
    running = start("--ephemeral")
    world = f"{running.url}/w/fuzz"
    httpx.post(f"{running.url}/_sim/worlds", json={"name": "fuzz", "from": "demo"}).raise_for_status()

    try:
        done = subprocess.run(
            [
                *(SCHEMATHESIS, "--config-file", SETTINGS, "run", f"{world}/_sim/openapi", "--url", world),
                *("--auth", "producer:producer"),
            ],
            cwd=tmp_path,
            env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        still_there = httpx.get(f"{world}/_sim/health").status_code
    finally:
        stop(running)

    assert done.returncode == 0, done.stdout
    assert still_there == 200
