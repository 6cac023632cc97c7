"""Uploads that break off, as the server that really serves hands them on."""

from __future__ import annotations

import base64
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from tests.served.conftest import Served

MAIL = b"From: a@b.example\nTo: c@d.example\nSubject: cut\n\nPay 1"
PRODUCER = base64.b64encode(b"producer:producer").decode()


def raw(served: Served, path: str, head: str, body: bytes) -> bytes:
    """Sends these very bytes, ends the sending, and gives the status line of the answer."""
    address = urlsplit(served.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        lines = [f"POST {path} HTTP/1.1", "Host: localhost", f"Authorization: Basic {PRODUCER}", head, "", ""]
        connection.sendall("\r\n".join(lines).encode() + body)
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").readline()


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        (f"Content-Type: message/rfc822\r\nContent-Length: {len(MAIL) + 2}", MAIL, b"400"),
        ("Content-Type: message/rfc822\r\nTransfer-Encoding: chunked", b"%x\r\n%b\r\n" % (len(MAIL), MAIL), b"411"),
        (
            "Content-Type: message/rfc822\r\nTransfer-Encoding: chunked",
            b"%x\r\n%b\r\nzz\r\n" % (len(MAIL), MAIL),
            b"411",
        ),
        ("Content-Type: application/json\r\nTransfer-Encoding: chunked", b'8\r\n{"name":\r\n', b"400"),
        ("Content-Type: application/json\r\nTransfer-Encoding: chunked", b"", b"400"),
    ],
)
def test_an_upload_that_breaks_off_is_refused(served: Served, head: str, body: bytes, status: bytes) -> None:
    """Whatever way it was sent, it is not taken for the whole."""
    path = "/mail/api/v1/messages" if "rfc822" in head else "/_sim/worlds"

    answered = raw(served, path, head, body)

    assert answered.split()[1] == status
    assert httpx.get(f"{served.url}/mail/api/v1/messages?subject=cut").json() == []
