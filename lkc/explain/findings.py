"""What an explanation consists of: findings with evidence and a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

As = Literal["producer", "member", "nobody"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that a system states; `request_id` is that of the exchange that caused it, where it is on record."""

    system: str
    fact: str
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A call that makes a finding go away.

    Attributes:
        path: within the world, without its prefix.
        caller: whose credentials it needs: those of the vendor's staff, of a member, or none.
    """

    method: str
    path: str
    body: dict[str, Any] | None = None
    caller: As = "producer"


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, or, where nothing is wrong, why things are as they are.

    Attributes:
        question: number of the documented question (1-19) that it answers.
        code: stable name of the cause.
        statement: the cause as a sentence.
        remedy: what helps, as a sentence.
        action: a call that does it; None where it takes something that only people can know or do.
    """

    question: int
    code: str
    statement: str
    evidence: tuple[Evidence, ...]
    remedy: str
    action: Action | None = None

    def view(self) -> dict[str, Any]:
        """The finding as it is answered."""
        action = self.action
        return {
            "question": self.question,
            "code": self.code,
            "statement": self.statement,
            "evidence": [
                {"system": one.system, "fact": one.fact} | ({"request_id": one.request_id} if one.request_id else {})
                for one in self.evidence
            ],
            "remedy": {
                "text": self.remedy,
                "action": None
                if action is None
                else {"method": action.method, "path": action.path, "body": action.body, "as": action.caller},
            },
        }


def told(event: Any) -> Evidence:
    """An event of the timeline as evidence."""
    return Evidence(event.system, event.text, event.request_id or None)
