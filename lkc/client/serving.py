"""A simulator of one's own: a process with throw-away data, on a free port, that ends with its owner."""

from __future__ import annotations

import os
import select
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

import httpx

from lkc.client.connection import trusting

START_SECONDS, STOP_SECONDS = 60, 10
# Stands in the last line of what a start says.
LAST = "Stop with Ctrl-C"


class NotStarted(Exception):
    """The simulator did not come up; the message is what it said."""


class Server:
    """A running simulator, which listens on this machine only.

    Args:
        source: what its world `default` begins as, `empty` or `demo`.
        options: further options of `lkc start`, such as `--tls` or `--system-port onetrust=0`.

    Attributes:
        url: its address.
        variables: what else leads to it, by the names of environment variables: `LKC_CA`, `LKC_URL_ONETRUST` ...

    It ends at `stop`, or at the end of a `with`; or, where neither comes about, within a second after the process that
    started it. It is in a session of its own, so that a Ctrl-C reaches its owner alone, who may still need it.
    Variables such as `LKC_PORT` do not reach it. Raises NotStarted.
    """

    def __init__(self, source: str = "empty", *options: str) -> None:
        self.variables: dict[str, str] = {}
        with tempfile.TemporaryFile("w+") as said:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", "-m", "lkc.cli.owned", str(os.getpid()), source, *options],
                env={name: value for name, value in os.environ.items() if not name.startswith("LKC_")},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                start_new_session=True,
            )
            try:
                self.url = self._greeted()
                self._wait_until_ready()
            except BaseException as error:
                self.stop()
                if isinstance(error, NotStarted):
                    said.seek(0)
                    raise NotStarted(f"{error} {said.read()}".strip()) from None
                raise

    def stop(self) -> None:
        """Ends it, and waits until its data are gone; a second call does nothing."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _greeted(self) -> str:
        """The address that it announces in its first line; what it exports besides stands in `variables`."""
        stdout = self._process.stdout
        ready = stdout is not None and select.select([stdout], [], [], START_SECONDS)[0]
        words = stdout.readline().split() if ready and stdout is not None else []
        for word in words:
            if word.startswith(("http://", "https://")) and stdout is not None:
                self._read_variables(stdout)
                return word
        raise NotStarted("The simulator did not start.")

    def _read_variables(self, greeting: IO[str]) -> None:
        for line in greeting:
            name, equals, value = line.rpartition("export ")[2].strip().partition("=")
            if equals and "export " in line:
                self.variables[name] = shlex.split(value)[0]
            if LAST in line:
                return

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        with httpx.Client(trust_env=False, verify=trusting(self.variables.get("LKC_CA"))) as http:
            while time.monotonic() < deadline and self._process.poll() is None:
                try:
                    if http.get(f"{self.url}/_sim/ready").is_success:
                        return
                except httpx.TransportError:
                    time.sleep(0.01)
        raise NotStarted("The simulator does not answer.")
