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
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
# A wait and a stream would be waited for; without its world, every other call would be answered alike.
LEFT_OUT = ("mail_wait_for_message", "control_list_events", "control_delete_world")


def test_made_up_calls_are_answered_as_described(tmp_path: Path) -> None:
    """No mistake of the simulator, no status, media type, header or member that the document does not have."""
    running = start("--ephemeral")
    world = f"{running.url}/w/fuzz"
    httpx.post(f"{running.url}/_sim/worlds", json={"name": "fuzz", "from": "demo"}).raise_for_status()

    done = subprocess.run(
        [
            *(SCHEMATHESIS, "run", f"{world}/_sim/openapi", "--url", world, "--auth", "producer:producer"),
            *("--seed", "1", "--max-examples", "2", "--phases", "examples,coverage,fuzzing", "--no-shrink"),
            *("--continue-on-failure", "--request-timeout", "20", "--warnings", "off", "--checks", ",".join(CHECKS)),
            *(part for name in LEFT_OUT for part in ("--exclude-operation-id", name)),
        ],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    still_there = httpx.get(f"{world}/_sim/health").status_code
    stop(running)

    assert done.returncode == 0, done.stdout
    assert still_there == 200
