"""`python -m lkc.cli.owned PID SOURCE [OPTION ...]`: a throw-away simulator that ends with the process PID."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lkc.cli.start import start

LOOK_SECONDS = 0.5
HOST = "127.0.0.1"


def main(arguments: list[str]) -> None:
    """Serves until SIGTERM, or until the owner is gone, however that went; further arguments go to the start."""
    owner, source, further = int(arguments[0]), arguments[1], arguments[2:]
    threading.Thread(target=_end_with, args=(owner,), daemon=True).start()
    with free_port() as port:
        start.main(
            ["--host", HOST, "--port", str(port), "--ephemeral", "--from", source, *further],
            "lkc start",
            standalone_mode=True,
        )


@contextmanager
def free_port() -> Iterator[int]:
    """A port that nobody else is given meanwhile.

    On Linux a bound socket that does not listen reserves it: no other call for a free port gets it, and our own server
    may still listen there. Elsewhere two servers that start in the same moment could, in theory, meet.
    """
    with socket.socket() as reserved:
        if sys.platform == "linux":
            reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind((HOST, 0))
        port: int = reserved.getsockname()[1]
        if sys.platform != "linux":
            reserved.close()
        yield port


def _end_with(owner: int) -> None:
    while os.getppid() == owner:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(sys.argv[1:])
