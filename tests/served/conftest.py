"""A simulator that really serves, for what only a served one can show."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

LKC = Path(sys.executable).parent / "lkc"


@dataclass(frozen=True)
class Served:
    """A serving process and its address."""

    process: subprocess.Popen[str]
    url: str

    def lkc(self, *arguments: str, world: str = "default") -> subprocess.CompletedProcess[str]:
        """Runs a command against it."""
        return subprocess.run(
            [LKC, *arguments],
            env={**os.environ, "LKC_URL": self.url, "LKC_WORLD": world},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


def start(*arguments: str, prefix: Sequence[str] = (), **environment: str) -> Served:
    """Starts a simulator on a free port and waits until it serves."""
    process = subprocess.Popen(
        [*prefix, LKC, "start", "--port", "0", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    match = re.search(r"http://\S+", first)
    assert match, first + process.stdout.read()
    served = Served(process, match[0])
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{served.url}/_sim/ready", timeout=5).status_code == 200:
                return served
        except httpx.TransportError:
            time.sleep(0.02)
    stop(served)
    raise AssertionError("the simulator does not serve")


def stop(served: Served) -> int:
    """Stops it as a service manager would, and returns its exit code."""
    if served.process.poll() is None:
        served.process.send_signal(signal.SIGTERM)
    code = served.process.wait(20)
    assert served.process.stdout is not None
    served.process.stdout.close()
    return code


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """One simulator for all served tests of a process."""
    running = start("--ephemeral")
    yield running
    stop(running)
