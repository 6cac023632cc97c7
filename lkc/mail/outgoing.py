"""Mails that leave the simulator for an SMTP server: to whom they may go, in what form, and the sending."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress

# Names that are nobody's on the Internet (RFC 2606, RFC 6761), and whatever lies below them. Some servers take `%` and
# `!` before the @ for the way to another server, which may be somebody's.
_NOBODYS = re.compile(
    r"[^\s@%!<>()\[\]\\,;:\"\x00-\x1f\x7f]+@(?:[a-z0-9_-]+\.)*(?:example|test|localhost)", re.IGNORECASE
)
_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_MAILBOX_LINE = re.compile(rb"\AFrom [^\r\n]*\r\n")
# Headers that are ours to write, with the lines on which they go on.
_OURS = re.compile(
    rb"^(?P<name>x-simulated|x-lkc-world)[ \t]*:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", re.IGNORECASE | re.MULTILINE
)
_TRUE = re.compile(rb"x-simulated:[ \t]*true[ \t]*\r\n", re.IGNORECASE)
SECONDS = 10


class Unreachable(Exception):
    """The server cannot be reached or breaks off; the same mail may go another time."""


class Declined(Exception):
    """The server is there and does not take this mail."""


def destination(recipient: str) -> str | None:
    """The address as a server takes it; None for one to which nothing is relayed, as it may be somebody's."""
    local, _, domain = recipient.rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    address = f"{local}@{domain}"
    return address if _NOBODYS.fullmatch(address) else None


def marked(raw: bytes, world: str) -> bytes:
    """A mail with the name of its world before it, and `X-Simulated: true`; what its sender wrote there himself goes.

    A signature covers the headers that it lists, each as often as it names it. Mails of our systems have
    `X-Simulated` among them already, which stays where it is; no system signs the name of a world.
    """
    raw = _MAILBOX_LINE.sub(b"", _LINE_ENDS.sub(b"\r\n", raw))
    head, _, body = raw.partition(b"\r\n\r\n")
    head += b"\r\n"
    said = [found[0] for found in _OURS.finditer(head) if found["name"].lower() == b"x-simulated"]
    is_said = len(said) == 1 and _TRUE.fullmatch(said[0]) is not None
    kept = _OURS.sub(lambda found: found[0] if is_said and found[0] == said[0] else b"", head)
    added = f"X-LKC-World: {world}\r\n".encode() + (b"" if is_said else b"X-Simulated: true\r\n")
    return added + kept + b"\r\n" + body


class Server:
    """An SMTP server, as it is spoken to by one thread: without TLS, without credentials.

    Args:
        host: name or address, without brackets.
        port: of the server.

    Attributes:
        was_reached: whether it answered at the last attempt.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self.was_reached = False
        self._connection: smtplib.SMTP | None = None

    def __str__(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{host}:{self._port}"

    def reach(self) -> smtplib.SMTP:
        """The connection to the server, opened if need be. Raises Unreachable."""
        if self._connection is None:
            self.was_reached = False
            try:
                # Its own name is given: to find out the machine's can take seconds.
                connection = smtplib.SMTP(self._host, self._port, local_hostname="lkc.localhost", timeout=SECONDS)
                connection.ehlo_or_helo_if_needed()
            except (OSError, ValueError) as error:
                raise Unreachable(_reason(error)) from error
            self._connection, self.was_reached = connection, True
        return self._connection

    def send(self, address: str, raw: bytes) -> None:
        """Sends a mail to one address. Raises Unreachable or Declined.

        The sender on the envelope is nobody, so that what a server may send back reaches nobody.
        """
        connection = self.reach()
        options = []
        if not address.isascii():
            options.append("SMTPUTF8")
        if not raw.isascii() and connection.has_extn("8bitmime"):
            options.append("BODY=8BITMIME")
        try:
            connection.sendmail("", [address], raw, options)
        except smtplib.SMTPServerDisconnected as error:
            self.leave()
            raise Unreachable(_reason(error)) from error
        except (smtplib.SMTPException, ValueError) as error:
            # After some refusals smtplib hangs up by itself.
            self.leave()
            raise Declined(_reason(error)) from error
        except OSError as error:
            self.leave()
            raise Unreachable(_reason(error)) from error

    def leave(self) -> None:
        """Ends the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                connection.quit()
            connection.close()


def _reason(error: Exception) -> str:
    """What an error says, on one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = ", ".join(_words(code, told) for code, told in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        said = _words(error.smtp_code, error.smtp_error)
    else:
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(said.split())[:200]


def _words(code: int, told: bytes | str) -> str:
    return f"{code} {told if isinstance(told, str) else told.decode('utf-8', 'replace')}"
