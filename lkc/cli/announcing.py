"""What `lkc start` says when it serves, said once, and not before the port answers."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click

from lkc.cli.greeting import REACHED_BY

# So many seconds lie between two looks whether the port answers.
PAUSE = 0.002


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text for whoever has started the simulator; of all serving processes the first that answers says it.

    Attributes:
        text: what is said.
        host: at which the port is.
        port: that must answer before.
        mark: a file that is there as long as nobody has said it.
    """

    text: str
    host: str
    port: int
    mark: str

    @classmethod
    @contextmanager
    def of(cls, text: str, host: str, port: int) -> Iterator[Announcement]:
        """An announcement that nobody has made yet, as long as somebody may make it."""
        handle, mark = tempfile.mkstemp(prefix="lkc-start-")
        os.close(handle)
        try:
            yield cls(text, host, port, mark)
        finally:
            Path(mark).unlink(missing_ok=True)

    def begin(self) -> None:
        """Says it as soon as the port answers, beside whatever this process does."""
        threading.Thread(target=self._say, daemon=True).start()

    def _say(self) -> None:
        while not _answers(REACHED_BY.get(self.host, self.host), self.port):
            time.sleep(PAUSE)
        with suppress(FileNotFoundError):
            Path(self.mark).unlink()  # only one process can
            click.echo(self.text)


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
