"""Calls from within: the landscape called through its whole HTTP face by what runs in the same process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from lkc.world.door import DOOR_KEY, Door

# Marks the environment of a call from within.
NESTED = "lkc.nested"

Application = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call of a world.

    Attributes:
        path: percent-encoded, within the world; may have a query.
        headers: by name, e.g. `Authorization`.
        door: the way into the world; None is the way by its name.
    """

    world: str
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    door: Door | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: HTTP status and the bytes of the body."""

    status: int
    body: bytes


def call(application: Application, made: Call) -> Reply:
    """Makes a call. It opens and ends transactions of its own, so the caller may hold none of this world.

    Raises ConnectionResetError where a fault drops the connection, or breaks the answer off.
    """
    environ = environ_of(made)
    statuses: list[str] = []
    lengths: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        statuses.append(status)
        lengths.extend(value for name, value in headers if name == "Content-Length")

    answered = application(environ, start_response)
    try:
        body = b"".join(answered)
    finally:
        close = getattr(answered, "close", None)
        if close is not None:
            close()
    if made.method != "HEAD" and lengths and len(body) < int(lengths[0]):
        raise ConnectionResetError("the answer broke off")
    return Reply(int(statuses[0][:3]), body)


def environ_of(made: Call) -> dict[str, Any]:
    """A call as the application finds it."""
    path, _, query = made.path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": made.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(f"/w/{made.world}{path}").decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(made.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(made.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        NESTED: True,
        DOOR_KEY: made.door,
    }
    for name, value in made.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ
