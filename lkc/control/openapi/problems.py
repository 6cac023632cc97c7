"""The problem documents that an operation may answer with, by HTTP status and code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pkgutil import resolve_name
from typing import Any

from lkc.world.problem import MEDIA_TYPE, Problem
from lkc.world.refusals import (
    Basic,
    DamagedWorld,
    Invalid,
    LengthRequired,
    NewerWorld,
    NotJson,
    Refused,
    Unauthenticated,
    UnknownWorld,
)
from lkc.world.rest import BROKEN_OFF
from lkc.world.wire_faults import WrongPreference

SCHEMA = {
    "type": "object",
    "description": "Why a call was refused (RFC 9457). The values involved stand beside these members.",
    "required": ["type", "title", "status", "detail", "code", "question", "remedy"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:lkc-simulator:problem:date-format"]},
        "title": {"type": "string", "examples": ["Conflict"]},
        "status": {"type": "integer", "examples": [409]},
        "detail": {"type": "string", "examples": ["A date is not well formed."]},
        "code": {"type": "string", "description": "stable", "examples": ["date-format"]},
        "question": {
            "type": ["integer", "null"],
            "minimum": 1,
            "maximum": 19,
            "description": "of the documented support questions",
            "examples": [13],
        },
        "remedy": {"type": "string", "description": "what helps", "examples": ["Have the order corrected."]},
        "errors": {
            "type": "array",
            "description": "every mistake, where there may be several",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {
                    "field": {"type": "string", "examples": ["lines[0].quantity"]},
                    "message": {"type": "string", "examples": ["Missing data for required field."]},
                },
            },
        },
        "reasons": {
            "type": "array",
            "description": "every reason, where several apply; the first stands on top",
            "items": {
                "type": "object",
                "required": ["code", "question", "detail"],
                "properties": {
                    "code": {"type": "string", "examples": ["date-format"]},
                    "question": {"type": ["integer", "null"], "examples": [13]},
                    "detail": {"type": "string", "examples": ["The expiration date is not well formed."]},
                },
            },
        },
    },
}

_BAD_REQUEST = Problem(
    status=400, code="bad-request", detail="The request cannot be read.", remedy="Send one JSON value, in UTF-8."
)
_TOO_LARGE = Problem(
    status=413, code="too-large", detail="The body is larger than this call takes.", remedy="Send less at once."
)
NOT_FOUND = Problem(
    status=404, code="not-found", detail="Nothing is served at this path.", remedy="Compare it with this document."
)
# Werkzeug looks at the method before it looks at the number.
METHOD_NOT_ALLOWED = Problem(
    status=405,
    code="method-not-allowed",
    detail="The number in the path is larger than any that there is, so no call of this method is meant.",
    remedy="Take the number from a list.",
)
# What every call may be refused for, whatever it is about.
ALWAYS: tuple[type[Refused] | Problem, ...] = (
    _BAD_REQUEST,
    BROKEN_OFF,
    WrongPreference,
    UnknownWorld,
    NewerWorld,
    DamagedWorld,
    _TOO_LARGE,
    Invalid,
    Problem(
        status=421,
        code="misdirected",
        detail="This simulator does not serve the host that the request names.",
        remedy="Use 127.0.0.1, localhost, or a host that `lkc start` was told of.",
    ),
    Problem(
        status=500,
        code="internal",
        detail="The simulator has made a mistake; nothing of this call was kept.",
        remedy="Report it with the log lines of the request.",
    ),
    Problem(
        status=503,
        code="storage-unavailable",
        detail="The world's file could not be used; nothing of this call was kept.",
        remedy="Check that the data directory can be written, and send the request again.",
    ),
    Problem(
        status=507,
        code="storage-full",
        detail="The disk that holds the worlds is full; nothing of this call was kept.",
        remedy="Make room in the data directory and send the request again.",
    ),
)
JSON_ONLY: tuple[type[Refused], ...] = (NotJson,)
WITH_LENGTH: tuple[type[Refused], ...] = (LengthRequired,)

_PARENTHESES = re.compile(r"\s*\((?:documented|inferred)[^)]*\)")


class Problems:
    """The problem documents of operations, each kept once for the whole document.

    Args:
        statuses: HTTP status of each refusal, by code.
    """

    def __init__(self, statuses: Mapping[str, int]) -> None:
        self._statuses = statuses
        self.examples: dict[str, Any] = {}
        self.responses: dict[str, Any] = {}

    def answers(self, refusals: Iterable[type[Refused] | Problem | str]) -> dict[str, Any]:
        """References to the answers with which these are told, by HTTP status."""
        by_status: dict[int, dict[str, str]] = defaultdict(dict)
        for refusal in refusals:
            for problem, key in self._problems_of(refusal):
                self.examples.setdefault(key, {"summary": problem.detail, "value": problem.document()})
                by_status[problem.status].setdefault(problem.code, key)
        return {str(status): self._answer(status, keys) for status, keys in sorted(by_status.items())}

    def _answer(self, status: int, keys: Mapping[str, str]) -> dict[str, str]:
        name = f"{status}.{'.'.join(sorted(keys.values()))}"
        self.responses.setdefault(name, _response(status, keys))
        return {"$ref": f"#/components/responses/{name}"}

    def _problems_of(self, refusal: type[Refused] | Problem | str) -> list[tuple[Problem, str]]:
        if isinstance(refusal, Problem):
            return [(refusal, refusal.code)]
        kind: type[Refused] = resolve_name(refusal) if isinstance(refusal, str) else refusal
        codes: Mapping[str, int | None] = getattr(kind, "codes", {kind.code: kind.question})
        package, system = kind.__module__.split(".")[:2]
        prefix = "" if (package, system) == ("lkc", "world") else f"{system}."
        return [(self._example(kind, code, question), f"{prefix}{code}") for code, question in codes.items()]

    def _example(self, kind: type[Refused], code: str, question: int | None) -> Problem:
        members: dict[str, Any] = {}
        if kind is Invalid:
            members["errors"] = [{"field": "lines[0].quantity", "message": "Missing data for required field."}]
        return Problem(
            status=self._statuses[code],
            code=code,
            detail=_sentence(kind),
            question=question,
            remedy=kind.remedy or (Basic().remedy if kind is Unauthenticated else ""),
            members=members,
        )


def _sentence(kind: type[Refused]) -> str:
    """What a refusal says, without its source and the rest of its docstring."""
    paragraph = (kind.__doc__ or "").strip().partition("\n\n")[0]
    return _PARENTHESES.sub("", " ".join(paragraph.split()))


def _response(status: int, keys: Mapping[str, str]) -> dict[str, Any]:
    headers = dict.fromkeys(("X-LKC-World", "X-Request-Id", "X-LKC-Fault"))
    if status == 401:
        headers["WWW-Authenticate"] = None
    if "too-many-attempts" in keys:
        headers["Retry-After"] = None
    return {
        "description": " or ".join(f"`{code}`" for code in sorted(keys)),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "allOf": [
                        {"$ref": "#/components/schemas/Problem"},
                        {"type": "object", "properties": {"code": {"enum": sorted(keys)}, "status": {"const": status}}},
                    ]
                },
                "examples": {code: {"$ref": f"#/components/examples/{key}"} for code, key in sorted(keys.items())},
            }
        },
    }
