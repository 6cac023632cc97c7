"""Problem documents (RFC 9457): how a refusal is told over HTTP."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from lkc.world.refusals import Refused, Unauthenticated

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One problem document.

    Attributes:
        status: HTTP status.
        code: stable name of what went wrong.
        detail: what was wrong this time.
        question: number of the documented support question, or None.
        remedy: what to do.
        members: further members: the values involved, `errors`, `reasons`.
        extra_headers: headers that go with it, e.g. a challenge.
    """

    status: int
    code: str
    detail: str
    question: int | None = None
    remedy: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)
    extra_headers: tuple[tuple[str, str], ...] = ()

    def document(self) -> dict[str, Any]:
        """The document as it is sent."""
        return {
            "type": f"urn:lkc-simulator:problem:{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "question": self.question,
            "remedy": self.remedy,
            **self.members,
        }

    def body(self) -> bytes:
        """The document as bytes."""
        return json.dumps(self.document(), ensure_ascii=False).encode("utf-8", "backslashreplace")

    def headers(self) -> list[tuple[str, str]]:
        """The headers that go with it."""
        return [("Content-Type", MEDIA_TYPE), *self.extra_headers]

    def status_line(self) -> str:
        """The status as WSGI wants it."""
        return f"{self.status} {HTTPStatus(self.status).phrase}"


def problem_of(refusal: Refused, statuses: Mapping[str, int]) -> Problem:
    """The problem document of a refusal; its status is looked up by code."""
    extra: tuple[tuple[str, str], ...] = ()
    if isinstance(refusal, Unauthenticated):
        extra = (("WWW-Authenticate", f'Basic realm="{refusal.realm}", charset="UTF-8"'),)
    if "retry_after" in refusal.members:
        extra += (("Retry-After", str(refusal.members["retry_after"])),)
    return Problem(
        status=statuses[refusal.code],
        code=refusal.code,
        detail=refusal.detail,
        question=refusal.question,
        remedy=refusal.remedy,
        members=refusal.members,
        extra_headers=extra,
    )


def storage_problem(error: Exception, *, kept_steps: int = 0) -> Problem:
    """The problem document of a disk that is full or read-only, or a lock that was not to be had.

    Args:
        error: what the disk or SQLite said.
        kept_steps: how many steps the call had done, and committed, before.
    """
    cause = getattr(error, "orig", error)
    code = getattr(cause, "sqlite_errorname", "") if isinstance(cause, sqlite3.Error) else ""
    kept = what_was_kept(kept_steps)
    again = "send the same again: it goes on from there" if kept_steps else "send the request again"
    if code.startswith("SQLITE_FULL") or getattr(cause, "errno", None) == errno.ENOSPC:
        return Problem(
            status=507,
            code="storage-full",
            detail=f"The disk that holds the worlds is full; {kept}.",
            remedy=f"Make room in the data directory and {again}.",
        )
    return Problem(
        status=503,
        code="storage-unavailable",
        detail=f"The world's file could not be used ({cause}); {kept}.",
        remedy=f"Check that the data directory can be written, and {again}.",
    )


def what_was_kept(steps: int) -> str:
    """What is left of a call that failed, as a clause: a call that works by steps keeps those that were done."""
    if not steps:
        return "nothing of this call was kept"
    return f"what this call had done in {steps} step{'s' if steps > 1 else ''} before is kept, the rest is not"
