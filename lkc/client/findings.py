"""Why something is as it is."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class Subject(TypedDict):
    """What is asked about: at least one; several belong together."""

    email: NotRequired[str]
    order_number: NotRequired[str]
    account_id: NotRequired[str]
    license_id: NotRequired[str]
    token: NotRequired[str]
    installation: NotRequired[str]
    message_id: NotRequired[int]


class Evidence(TypedDict):
    """A fact that a system states."""

    system: str
    fact: str
    request_id: NotRequired[str]


Action = TypedDict("Action", {"method": str, "path": str, "body": dict[str, Any] | None, "as": str})
Action.__doc__ = "A call that cures a finding, `as` producer, member or nobody."


class Remedy(TypedDict):
    """What helps; an action where a single call does."""

    text: str
    action: Action | None


class Finding(TypedDict):
    """One cause, with the documented question it belongs to (1 to 19)."""

    question: int
    code: str
    statement: str
    evidence: list[Evidence]
    remedy: Remedy
