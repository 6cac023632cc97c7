"""Which calls of a journal belong into a bundle, and what is wrong with those that cannot be made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lkc.bundles.moments import Lines, Moment
from lkc.bundles.paths import SIGN_IN, is_elsewhere, is_of_desk
from lkc.world.exchanges import SECRET_HEADERS
from lkc.world.gate import CONTROLS, READING
from lkc.world.journal import NOTE

# Where the desk saves this world, which does not change it either.
SAVING = "/desk/snapshots"
# What says how a call travelled, and nothing of what it wants. The address of the page before may hold a secret.
TRAVEL = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "te",
        "transfer-encoding",
        "user-agent",
        "x-lkc-world",
        "x-request-id",
    }
)
# Nothing here reads the credentials that come in a header of another name.
_UNREAD = SECRET_HEADERS - {"authorization"}


def gathered(lines: Lines, since: Moment) -> Iterator[dict[str, Any]]:
    """The entries after a moment that are to be played again, oldest first.

    What came from within is not: the call that led to it does it again. Nor are looks at the controls, which change
    nothing and tell of the simulator itself, and streams, which have no end.
    """
    by = since.by
    for entry in lines[since.place :]:
        if NOTE in entry or entry.get("nested") or _is_aside(entry):
            continue
        if by is not None and entry["request_id"] == by:
            by = None
            continue
        yield entry


def headers_of(entry: dict[str, Any]) -> dict[str, str]:
    """The headers of a call that matter."""
    headers: dict[str, str] = entry["request"]["headers"]
    return {
        name: value
        for name, value in headers.items()
        if name not in TRAVEL
        and name not in _UNREAD
        and not name.startswith("sec-")
        and (name, value) != ("accept", "*/*")
    }


def not_kept(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The calls whose body the journal does not have whole, and why."""
    return [told(entry, why) for entry in entries if (why := _missing(entry["request"]))]


def told(entry: dict[str, Any], why: str) -> dict[str, Any]:
    """A call by which somebody finds it in the journal, and what is wrong with it."""
    return {"id": entry["id"], "method": entry["method"], "path": entry["path"], "why": why}


def _missing(request: dict[str, Any]) -> str:
    if not request.get("bytes"):
        return ""
    if not request.get("whole"):
        return f"of its {request['bytes']} bytes only the first {len(request.get('body') or '')} are kept"
    return "its body is no text, or may hold a secret that cannot be found" if request.get("body") is None else ""


def _is_aside(entry: dict[str, Any]) -> bool:
    path, reads = entry["path"], entry["method"] in READING
    if path == SAVING or is_elsewhere(path):
        return True
    if path.startswith(CONTROLS):
        return reads
    way = entry["response"].get("headers", {}).get("location", "").partition("?")[0]
    if is_of_desk(path) and way.endswith(SIGN_IN):
        # The door was closed.
        return True
    return reads and bool(entry["response"].get("streamed"))
