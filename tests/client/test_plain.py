"""The plain connection of a suite bears what connections do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lkc.client import Refused, Unreachable
from lkc.client.plain import PlainControls


class HangsUp(BaseHTTPRequestHandler):
    """Answers one call, and hangs up without having said so."""

    protocol_version = "HTTP/1.1"

    def do_DELETE(self) -> None:
        """A path names the status and the body to answer."""
        status, _, body = self.path.removeprefix("/_sim/").partition("/")
        self.send_response(int(status))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Token", self.headers.get("Authorization", ""))
        self.end_headers()
        self.wfile.write(body.encode())
        self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - likewise
        """Says nothing."""


@pytest.fixture
def controls() -> Iterator[PlainControls]:
    """A connection to a server that hangs up."""
    with HTTPServer(("127.0.0.1", 0), HangsUp) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        made = PlainControls(f"http://127.0.0.1:{server.server_port}", "secret")
        yield made
        made.close()
        server.shutdown()
        thread.join()


def test_a_connection_that_was_ended_is_opened_again(controls: PlainControls) -> None:
    """A test may take longer than the other side waits."""
    for _ in range(3):
        controls.control("DELETE", "/200/")

    with pytest.raises(Refused, match="unknown-world"):
        controls.control("DELETE", '/404/{"code":"unknown-world"}')


def test_what_no_simulator_answers_is_told(controls: PlainControls) -> None:
    """Somebody else listens at the address, or nobody."""
    with pytest.raises(Unreachable, match="answers 500, as no simulator does"):
        controls.control("DELETE", "/500/oops")
    with pytest.raises(Unreachable, match="does not answer"):
        PlainControls("https://127.0.0.1:9").control("DELETE", "/worlds/acme")
