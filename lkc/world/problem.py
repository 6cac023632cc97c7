"""Problem documents (RFC 9457): how a refusal is told over HTTP."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed

from lkc.world.refusals import Invalid, Refused, Unauthenticated

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
            "title": phrase_of(self.status),
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
        return f"{self.status} {phrase_of(self.status)}"


def phrase_of(status: int) -> str:
    """What is called an HTTP status, also one that nobody has defined."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Client Error" if status < 500 else "Server Error"


def problem_of(refusal: Refused, statuses: Mapping[str, int]) -> Problem:
    """The problem document of a refusal; its status is looked up by code."""
    extra: tuple[tuple[str, str], ...] = ()
    if isinstance(refusal, Unauthenticated):
        extra = (("WWW-Authenticate", refusal.challenge),)
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


# What is told of a request that does not get as far as a view, by HTTP status: code, detail and remedy.
_HTTP = {
    400: ("bad-request", "The request cannot be read.", "Compare its path, headers and body with the README."),
    404: ("not-found", "Nothing is served at {path}.", "Compare the path with the start page (/) and the README."),
    405: ("method-not-allowed", "{path} does not take {method}.", "Use one of: {allowed}."),
    413: (
        "too-large",
        "The body is larger than {path} takes, which is {most} MiB at most.",
        "Send less at once; a file of orders goes in by parts, as `lkc orders import` does.",
    ),
    415: ("not-json", "The body did not come as JSON.", "Send it with the header Content-Type: application/json."),
}


def http_problem(
    error: HTTPException, errors: list[dict[str, str]], method: str, path: str, most: int | None = None
) -> Problem:
    """The problem document of a request that no view has answered.

    Args:
        error: what the framework raised.
        errors: the mistakes in the body or the query, each with `field` and `message`.
        method: the request's method.
        path: the path below the world.
        most: bytes that the body may have.
    """
    status = error.code or 500
    if status == HTTPStatus.UNPROCESSABLE_ENTITY and errors:
        named = [{**mistake, "field": mistake["field"] or "body"} for mistake in errors]
        return problem_of(Invalid(*named), {Invalid.code: status})
    code, detail, remedy = _HTTP.get(status, _HTTP[400])
    not_json = getattr(error, "exc", None)
    if isinstance(not_json, ValueError):
        detail, remedy = f"The body is not JSON{_place(not_json)}.", "Send one JSON value, in UTF-8."
    allowed = ", ".join(sorted(error.valid_methods or ())) if isinstance(error, MethodNotAllowed) else ""
    values = {"path": path, "method": method, "allowed": allowed, "most": (most or 0) // 2**20}
    return Problem(
        status=status,
        code=code,
        detail=detail.format(**values),
        remedy=remedy.format(**values),
        extra_headers=tuple(
            (name, value)
            for name, value in error.get_headers()
            if name.lower() not in {"content-type", "content-length"}
        ),
    )


def _place(error: ValueError) -> str:
    """Where in a body JSON ends to be JSON, as far as it is known."""
    return f": line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""


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
