"""Suites of users, run by a pytest of their own, and what they leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from lkc.client import Client
from lkc.client.serving import Server

SECONDS = 120
# Plugins that our own suite needs; a user has none of them, and each such pytest would spend two seconds on them.
OURS = ("schemathesis", "hypothesispytest", "anyio", "pytest_cov")


@dataclass(frozen=True)
class Suite:
    """A suite in a folder of its own, with a folder for temporary files."""

    folder: Path
    temporary: Path

    def begin(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Starts it."""
        without = [part for name in OURS for part in ("-p", f"no:{name}")]
        # pytest says more where it runs in CI.
        own = ("LKC_", "PYTEST_", "CI", "BUILD_NUMBER")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *without, *arguments],
            cwd=self.folder,
            env={**inherited, "TMPDIR": str(self.temporary), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Its exit code and what it says."""
        process = self.begin(*arguments, **environment)
        said, _ = process.communicate(timeout=SECONDS)
        return process.returncode, said

    def wrote(self, name: str) -> list[str]:
        """The lines that its tests have added to a file."""
        return (self.folder / name).read_text(encoding="utf-8").splitlines()

    def leaves_nothing(self, *urls: str) -> bool:
        """Whether soon nobody listens at these addresses any more and no data are left."""
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            if not any(map(_answers, urls)) and not list(self.temporary.glob("lkc-*")):
                return True
            time.sleep(0.1)
        return False


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/_sim/health", trust_env=False).is_success
    except httpx.TransportError:
        return False


@pytest.fixture
def suite(tmp_path: Path) -> Callable[[str], Suite]:
    """Makes a suite of one file."""

    def make(text: str) -> Suite:
        for name in ("suite", "temporary"):
            (tmp_path / name).mkdir()
        (tmp_path / "suite" / "test_theirs.py").write_text(text, encoding="utf-8")
        return Suite(tmp_path / "suite", tmp_path / "temporary")

    return make


@pytest.fixture(scope="session")
def shared() -> Iterator[Client]:
    """A simulator that was there before."""
    with Server() as server, Client(server.url) as client:
        yield client
