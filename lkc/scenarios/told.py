"""What was told of each phase of a case when it was played, kept so that a page can tell it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, select

from lkc.scenarios.models import ToldRow
from lkc.scenarios.stage import Stage
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

STATUS_DIGITS, REFUSED = 3, 400

_ALL = Prepared(lambda: select(ToldRow.phase, ToldRow.told))
_FORGET = Prepared(lambda: delete(ToldRow).where(ToldRow.phase == bindparam("which")))


@dataclass(frozen=True, slots=True)
class Told:
    """What was seen of a phase.

    Attributes:
        steps: each with `verb`, `ok`, `text`, `seen`, and the `calls` that it made, as method and path.
        findings: what explained it, as `/_sim/explain` answers them.
    """

    steps: list[dict[str, Any]]
    findings: list[dict[str, Any]]

    @property
    def is_as_expected(self) -> bool:
        """Whether every step had the answer that the case expects."""
        return all(step["ok"] for step in self.steps)


def in_words(seen: str) -> str:
    """What came back, without its numbers: `409 date-format: The date ...` is a refusal, `201` is that it was done."""
    status, _, rest = seen.partition(" ")
    status = status.rstrip(",")
    if not (status.isdecimal() and len(status) == STATUS_DIGITS):
        return seen
    if int(status) < REFUSED:
        return f"Answered with {rest}." if rest else "Done."
    return f"Refused: {rest.partition(': ')[2] or rest}"


def tell(world: WorldSession, stage: Stage, phase: str, steps: list[dict[str, Any]]) -> None:
    """Keeps what was seen of a phase, without bodies and passwords; the stage's findings go with it."""
    kept = [{name: step[name] for name in ("verb", "ok", "text", "seen", "calls")} for step in steps]
    findings, stage.found = stage.found, []
    world.run(_FORGET, which=phase)
    world.insert(ToldRow, phase=phase, told=orjson.dumps({"steps": kept, "findings": findings}).decode())


def told_of(world: WorldSession) -> dict[str, Told]:
    """What was told in a world, by phase."""
    found = {phase: orjson.loads(told) for phase, told in world.rows(_ALL)}
    return {phase: Told(told.get("steps", []), told.get("findings", [])) for phase, told in found.items()}
