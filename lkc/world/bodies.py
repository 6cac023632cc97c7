"""Bodies of requests: whole or refused, for half an upload that passes for the whole is worse than none."""

from __future__ import annotations

import io
from typing import Any

from lkc.world.problem import Problem

LARGEST_BODY = 40 * 1024 * 1024
DRAINED_AT_MOST = 64 * 1024 * 1024
# What CONTENT_LENGTH is where there is no body.
NO_LENGTH = frozenset({None, "", "0"})

# Marks the environment of a request whose body came without a length.
UNMEASURED = "lkc.body-without-length"

_INCOMPLETE = Problem(
    status=400,
    code="incomplete-body",
    detail="The body was announced, and nothing of it came.",
    remedy="Send the request again; nothing of it was kept.",
)


def made_measurable(environ: dict[str, Any]) -> Problem | None:
    """Sees to it that a body has a length, by which one that breaks off is found out when it is read.

    One that comes in chunks is read here. The server below tells one that ended from one that broke off by nothing at
    all, so it is marked (`UNMEASURED`): JSON shows its end by itself, nothing else may be taken for whole.

    Args:
        environ: the request's WSGI environment; it is changed.

    Returns:
        Why the request is refused, or None.
    """
    # Whoever reads on knows the end by the length alone, and not by the stream's running dry.
    environ.pop("wsgi.input_terminated", None)
    in_chunks = "HTTP_TRANSFER_ENCODING" in environ
    if not in_chunks and ("CONTENT_LENGTH" in environ or environ["SERVER_PROTOCOL"] != "HTTP/2"):
        return None
    environ[UNMEASURED] = True
    return None if _read_whole(environ) or not in_chunks else _INCOMPLETE


def drain(environ: dict[str, Any]) -> None:
    """Reads what is left of a body to its end, within reason, before a request is refused.

    Else the client of a large one never sees the answer, and the server below closes the connection without a word,
    which the next request on it pays for.
    """
    if environ.get("CONTENT_LENGTH") in NO_LENGTH and "HTTP_TRANSFER_ENCODING" not in environ:
        return
    stream, left = environ["wsgi.input"], DRAINED_AT_MOST
    while left > 0 and (part := stream.read(64 * 1024)):
        left -= len(part)


def _read_whole(environ: dict[str, Any]) -> int:
    """Reads a body without a length, and gives it one; one beyond all bounds gets a length beyond them."""
    parts, length = [], 0
    while length <= LARGEST_BODY and (part := environ["wsgi.input"].read(64 * 1024)):
        parts.append(part)
        length += len(part)
    environ["CONTENT_LENGTH"] = str(length)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    if length <= LARGEST_BODY:
        environ["wsgi.input"] = io.BytesIO(b"".join(parts))
    return length
