"""The simulator as it serves, and beside it the floor: one bare Flask route on the same server."""

from __future__ import annotations

import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LKC = Path(sys.executable).parent / "lkc"
STAFF = {"Authorization": f"Basic {base64.b64encode(b'producer:producer').decode()}"}
JSON = {"Content-Type": "application/json"}


@dataclass
class Wire:
    """One keep-alive connection."""

    connection: http.client.HTTPConnection
    pid: int
    port: int

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """One call; the answer must be a success, and its JSON is returned."""
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        self.connection.request(method, path, data, {**JSON, **(headers or {})})
        response = self.connection.getresponse()
        content = response.read()
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {content[:300]!r}")
        return json.loads(content) if content else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def simulator(data_dir: Path, *arguments: str) -> Iterator[Wire]:
    """The simulator on a data directory."""
    port = free_port()
    command = [str(LKC), "start", "--port", str(port), "--data-dir", str(data_dir), *arguments]
    with _serving(command, port, "/_sim/ready") as wire:
        yield wire


@contextmanager
def without_journal(data_dir: Path) -> Iterator[Wire]:
    """The same with an empty world, and without its journal."""
    port = free_port()
    with _serving([sys.executable, "-m", "tests.bench.quiet", str(port), str(data_dir)], port, "/_sim/ready") as wire:
        yield wire


@contextmanager
def bare_route() -> Iterator[Wire]:
    """A bare Flask JSON route on the same server with the same settings."""
    port = free_port()
    with _serving([sys.executable, "-m", "tests.bench.bare", str(port)], port, "/bare") as wire:
        yield wire


@contextmanager
def _serving(command: list[str], port: int, path: str) -> Iterator[Wire]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": os.curdir})
    try:
        yield Wire(_connected(port, path), process.pid, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _connected(port: int, path: str) -> http.client.HTTPConnection:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.002)
        else:
            return connection
    raise RuntimeError(f"nobody serves on port {port}")
