"""What the journal keeps of a call and its answer: headers and the beginning of bodies, without secrets.

It takes bodies in as they pass by, and neither holds them back nor holds them.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lkc.world import redaction
from lkc.world.bodies import NO_LENGTH
from lkc.world.marks import Marks, cookies, pairs_of
from lkc.world.redaction import Hide

# So many bytes of a body are kept; a page of a list, an order or a license file fits.
KEPT = 8192
# Headers that hold a credential and nothing else, whether anything here reads them or not.
SECRET_HEADERS = frozenset(
    {
        "authorization",
        "proxy-authorization",
        "x-access-token",
        "x-admin-token",
        "x-api-key",
        "x-api-token",
        "x-auth-token",
        "x-csrf-token",
        "x-csrftoken",
        "x-xsrf-token",
        "api-key",
        "apikey",
        "set-cookie",
    }
)
_PROCESS = secrets.token_hex(4)
_numbers = itertools.count(1)

Headers = list[tuple[str, str]]


class Upload:
    """The stream of a request's body, whose beginning is noted as it is read.

    Args:
        stream: what the server gives.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._parts: list[bytes] = []
        self.length = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return self._noted(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        """The next line."""
        return self._noted(self._stream.readline(size))

    def __iter__(self) -> Iterator[bytes]:
        """The lines."""
        return map(self._noted, self._stream)

    @property
    def beginning(self) -> bytes:
        """What is kept of it."""
        return b"".join(self._parts)[:KEPT]

    def _noted(self, part: bytes) -> bytes:
        if self.length < KEPT:
            self._parts.append(part if len(part) <= KEPT else part[:KEPT])
        self.length += len(part)
        return part


class Download:
    """The rest of an answer's body whose first part was looked at."""

    def __init__(self, first: bytes, parts: Iterator[bytes], body: Iterable[bytes]) -> None:
        self._parts = itertools.chain((first,), parts)
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        return self._parts

    def close(self) -> None:
        """Ends the body."""
        close = getattr(self._body, "close", None)
        if close is not None:
            close()


def watched(environ: dict[str, Any]) -> Upload | None:
    """Puts a watched stream in the place of a request's body, where it has one."""
    if environ.get("CONTENT_LENGTH") in NO_LENGTH and "HTTP_TRANSFER_ENCODING" not in environ:
        return None
    upload = environ["wsgi.input"] = Upload(environ["wsgi.input"])
    return upload


def looked_at(body: Iterable[bytes], headers: Headers) -> tuple[Iterable[bytes], bytes, int | None]:
    """A body to send on, its beginning, and its length; of one without a length, which streams, nothing is read."""
    length = next((value for name, value in headers if name == "Content-Length"), "")
    if not length.isdecimal():
        return body, b"", None
    if int(length) <= KEPT:
        content = b"".join(body)
        close = getattr(body, "close", None)
        if close is not None:
            close()
        return [content], content, len(content)
    parts = iter(body)
    first = next(parts, b"")
    return Download(first, parts, body), first[:KEPT], int(length)


def asked(environ: dict[str, Any], upload: Upload | None, marks: Marks) -> dict[str, Any]:
    """What is kept of a request."""
    keys, credentials = _header_keys(tuple(environ))
    headers = {name: environ[key] for name, key in keys}
    for name in credentials:
        headers[name] = marks.credential(headers[name])
    if "cookie" in headers:
        headers["cookie"] = cookies(pairs_of(headers["cookie"]), marks.of)
    if "referer" in headers:
        # Who comes from the page of a link sends its address along.
        headers["referer"] = redaction.path(headers["referer"], marks.hide)
    if upload is None:
        return {"headers": headers}
    media_type = environ.get("CONTENT_TYPE", "")
    return {"headers": headers, **_body(upload.beginning, upload.length, media_type, marks.hide, is_sent=True)}


def answered(headers: Headers, beginning: bytes, length: int | None, marks: Marks) -> dict[str, Any]:
    """What is kept of an answer; its length is None where it streams."""
    kept = {_lowered(name): value for name, value in headers}
    if "set-cookie" in kept:
        kept["set-cookie"] = cookies(set_by(headers), marks.of)
    if "location" in kept:
        kept["location"] = redaction.path(kept["location"], marks.hide)
    if length is None:
        return {"headers": kept, "streamed": True}
    return {"headers": kept, **_body(beginning, length, kept.get("content-type", ""), marks.hide)}


def set_by(headers: Headers) -> list[tuple[str, str]]:
    """The cookies that an answer sets, by name."""
    set_ = [value.partition(";")[0] for name, value in headers if _lowered(name) == "set-cookie"]
    return [pair for value in set_ for pair in pairs_of(value)]


def number() -> str:
    """A name for an exchange that no other has, of whatever process."""
    return f"{_PROCESS}-{next(_numbers)}"


def _body(beginning: bytes, length: int, media_type: str, hide: Hide, *, is_sent: bool = False) -> dict[str, Any]:
    if not length:
        return {}
    kind = media_type.partition(";")[0].strip().lower()
    text = redaction.body(beginning, kind, is_whole=length == len(beginning), hide=hide, is_sent=is_sent)
    return {"body": text, "bytes": length, "whole": length == len(beginning)}


@lru_cache(512)
def _header_keys(keys: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[str]]:
    """The headers among the keys of an environment, each name with its key, and which hold credentials.

    One client always sends the same ones.
    """
    named = [
        (key.removeprefix("HTTP_").replace("_", "-").lower(), key)
        for key in keys
        if key == "CONTENT_TYPE" or key.startswith("HTTP_")
    ]
    return named, [name for name, _ in named if name in SECRET_HEADERS]


_lowered = lru_cache(1024)(str.lower)
