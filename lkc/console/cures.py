"""Applying what a finding names as its remedy: only what an explanation itself says now."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from lkc.explain.case import Subject
from lkc.explain.explaining import explain
from lkc.explain.findings import Finding
from lkc.scenarios.stage import NOBODY, PRODUCER, Seen
from lkc.scenarios.staging import stage_for
from lkc.scenarios.standing import standing_of
from lkc.world.door import Pinned
from lkc.world.hold import Hold
from lkc.world.refusals import Refused
from lkc.world.session import Access, WorldSession
from lkc.world.snapshots import checkpoint

MEMBER = "member"


class FindingGone(Refused):
    """What was to be cured is not found any more."""

    code = "finding-gone"
    remedy = "Look at what is found now."

    def __init__(self) -> None:
        super().__init__("This is not found any more; nothing was done.")


def mark_of(finding: Finding) -> str:
    """By which a finding is known again when the same question is asked later."""
    return hashlib.sha256(f"{finding.code}\n{finding.statement}".encode()).hexdigest()[:16]


def can_be_applied(world: WorldSession, finding: Finding, email: str | None) -> bool:
    """Whether the desk can make the call: a member's only where it knows the password of whoever asks."""
    if finding.action is None:
        return False
    return finding.action.caller != MEMBER or _member(world, email) is not None


def apply_remedy(hold: Hold, subject: Subject, mark: str) -> tuple[Finding, Seen]:
    """Asks once more, and makes the call that the finding of this mark names; gives what was answered.

    The request must have finished with its own session. Raises FindingGone, and what `explain` does.
    """
    with hold.transaction(Access.WRITE) as world:
        finding = _found(explain(world, subject), mark)
        action = finding.action
        member = _member(world, subject.email)
        if action is None or (action.caller == MEMBER and member is None):
            raise FindingGone
        checkpoint(world, "remedy")
        generation = world.generation
    stage = stage_for(hold.name, Pinned(hold.store, generation))
    stage.request_id = hold.exchange.request_id
    caller = NOBODY
    if action.caller == MEMBER and member is not None:
        caller, stage.passwords = member[0], dict([member])
    elif action.caller == PRODUCER:
        caller = PRODUCER
    return finding, stage.call(action.method, action.path, action.body, caller)


def _found(findings: Sequence[Finding], mark: str) -> Finding:
    found = next((one for one in findings if mark_of(one) == mark), None)
    if found is None:
        raise FindingGone
    return found


def _member(world: WorldSession, email: str | None) -> tuple[str, str] | None:
    """Address and password of whoever asks, where the case of the world knows the password."""
    standing = standing_of(world)
    if standing is None or email is None:
        return None
    password = standing.passwords.get(email.strip().lower())
    return None if password is None else (email.strip().lower(), password)
