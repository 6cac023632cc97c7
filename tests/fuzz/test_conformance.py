"""A served demo world under made-up calls: whatever comes, the answer is one that the OpenAPI document knows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
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
    "unsupported_method",
)
# Tried out with the examples alone: each call is made again without its credential, and without a header.
OF_CREDENTIALS = ("ignored_auth", "missing_required_header")
# Not checked: `positive_data_acceptance`, as a body that fits its schema may be refused by a rule that no schema says
# (a cancelled order with a quantity, a file without its seal, a mark that the journal no longer has);
# `negative_data_rejection`, as an `X-Request-Id` in a form of its own is replaced and not refused, which it counts for
# every call; `use_after_free` and `ensure_resource_availability`, which follow links from answers to calls in the
# stateful phase, and the document has none.

# A wait and a stream would be waited for; without its world, every other call would be answered alike.
LEFT_OUT = ("mail_wait_for_message", "control_list_events", "control_delete_world")


def test_made_up_calls_are_answered_as_described(tmp_path: Path) -> None:
    """No mistake of the simulator, no status, media type, header or member that the document does not have."""
    done = made_up(tmp_path, CHECKS, "examples,coverage,fuzzing")

    assert done.returncode == 0, done.stdout


def test_credentials_and_headers_are_asked_for(tmp_path: Path) -> None:
    """A call that needs them is refused without, and with wrong ones."""
    done = made_up(tmp_path, OF_CREDENTIALS, "examples")

    assert done.returncode == 0, done.stdout


def made_up(folder: Path, checks: Sequence[str], phases: str) -> subprocess.CompletedProcess[str]:
    """Makes calls up in a served demo world, whose answers must pass the checks; it still serves afterwards."""
    running = start("--ephemeral")
    world = f"{running.url}/w/fuzz"
    httpx.post(f"{running.url}/_sim/worlds", json={"name": "fuzz", "from": "demo"}).raise_for_status()

    done = subprocess.run(
        [
            *(SCHEMATHESIS, "run", f"{world}/_sim/openapi", "--url", world, "--auth", "producer:producer"),
            *("--seed", "1", "--max-examples", "2", "--phases", phases, "--no-shrink"),
            *("--continue-on-failure", "--request-timeout", "20", "--warnings", "off", "--checks", ",".join(checks)),
            *(part for name in LEFT_OUT for part in ("--exclude-operation-id", name)),
        ],
        cwd=folder,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    still_there = httpx.get(f"{world}/_sim/health").status_code
    stop(running)

    assert still_there == 200
    return done
