"""Bodies of requests: whole or refused, for half an upload that passes for the whole is worse than none."""

from __future__ import annotations

import io
from typing import Any

from lkc.world.problem import Problem

LARGEST_BODY = 40 * 1024 * 1024
DRAINED_AT_MOST = 64 * 1024 * 1024
# What CONTENT_LENGTH is where there is no body.
NO_LENGTH = frozenset({None, "", "0"})

# The server below tells a body in chunks that ended from one that broke off by nothing at all. JSON shows its end by
# itself; of everything else the length has to be known beforehand.
_LENGTH_REQUIRED = Problem(
    status=411,
    code="length-required",
    detail="A body that comes in chunks does not show here whether it came whole.",
    remedy="Send it with Content-Length. Bodies of JSON may come in chunks: they show where they end.",
)
_INCOMPLETE = Problem(
    status=400,
    code="incomplete-body",
    detail="The body was announced, and nothing of it came.",
    remedy="Send the request again; nothing of it was kept.",
)


def made_measurable(environ: dict[str, Any]) -> Problem | None:
    """Sees to it that a body has a length, by which one that breaks off is found out when it is read.

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
    length = _read_whole(environ)
    if in_chunks and not length:
        return _INCOMPLETE
    return None if not length or _is_json(environ.get("CONTENT_TYPE", "")) else _LENGTH_REQUIRED


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


def _is_json(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
