"""A small SMTP server for tests: it keeps what it is sent, and can be told to be difficult."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP


@dataclass
class Arrived:
    """A mail with its envelope."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The mail as it can be read."""
        return message_from_bytes(self.raw, policy=SMTP)


@dataclass
class Sink:
    """What has arrived.

    Attributes:
        refused: recipients that are not taken.
        ready: a mail is taken as soon as this is set.
        breaks: recipients at whose mail the server hangs up.
    """

    port: int = 0
    mails: list[Arrived] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    breaks: set[str] = field(default_factory=set)
    ready: threading.Event = field(default_factory=threading.Event)

    def wait(self, count: int, seconds: float = 20) -> list[Arrived]:
        """The mails, once there are so many."""
        deadline = time.monotonic() + seconds
        while len(self.mails) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(self.mails) >= count, [mail.recipients for mail in self.mails]
        return self.mails


@contextmanager
def listening(port: int = 0) -> Iterator[Sink]:
    """A sink that listens on loopback, on a free port for 0."""
    sink = Sink()
    sink.ready.set()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            # Who calls may go at any moment.
            with suppress(ConnectionError):
                _talk(sink, self)

    class Listener(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Listener(("127.0.0.1", port), Talk) as server:
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield sink
        finally:
            sink.ready.set()
            server.shutdown()
            thread.join()


def _talk(sink: Sink, line: socketserver.StreamRequestHandler) -> None:
    def say(text: str) -> None:
        line.wfile.write(f"{text}\r\n".encode())

    sender, recipients = "", list[str]()
    say("220 sink")
    while received := line.rfile.readline():
        command = received.decode().rstrip("\r\n")
        word = command[:4].upper()
        if word == "EHLO":
            say("250-sink\r\n250-SMTPUTF8\r\n250 8BITMIME")
        elif word == "MAIL":
            sender, recipients = command[command.index("<") + 1 : command.index(">")], []
            say("250 ok")
        elif word == "RCPT":
            wanted = command[command.index("<") + 1 : command.index(">")]
            if wanted in sink.breaks:
                return
            if wanted in sink.refused:
                say("550 no such mailbox")
                continue
            recipients.append(wanted)
            say("250 ok")
        elif word == "DATA":
            say("354 go on")
            content = _content(line)
            sink.ready.wait(20)
            sink.mails.append(Arrived(sender, recipients, content))
            say("250 taken")
        elif word == "QUIT":
            say("221 bye")
            return
        else:
            say("250 ok")


def _content(line: socketserver.StreamRequestHandler) -> bytes:
    lines = []
    while (received := line.rfile.readline()) not in {b".\r\n", b""}:
        lines.append(received.removeprefix(b"."))
    return b"".join(lines)
