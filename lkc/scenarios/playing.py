"""Playing the phases of a case: its arrangement, the symptom, then the remedy, then how it ends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lkc.scenarios.cases import PHASES, Case, Step
from lkc.scenarios.expecting import mismatch
from lkc.scenarios.refusals import CannotArrange
from lkc.scenarios.stage import Seen, Stage
from lkc.scenarios.telling import with_kept

ARRANGE = PHASES[0]

# What verbs and what is kept meet where an answer has not what they look for in it.
UNPLAYABLE = (LookupError, TypeError, ValueError, AttributeError, StopIteration)


def begun(case: Case, shown: str, shows: str) -> list[dict[str, Any]]:
    """The step that tells of a clock which was set to the moment of a case; none where it showed that already."""
    if shown == shows:
        return []
    return [
        {
            "phase": ARRANGE,
            "verb": "clock",
            "ok": True,
            "text": f"The world's clock is set to {shows}, when case {case.id} begins, and stands still.",
            "calls": [],
            "requests": [],
            "seen": f"it showed {shown} before",
        }
    ]


def arranged(stage: Stage, case: Case) -> list[dict[str, Any]]:
    """Brings about what the case begins with, in a world at its moment. Raises CannotArrange."""
    done = played(stage, case, ARRANGE)
    wrong = next((step for step in done if not step["ok"]), None)
    if wrong is not None:
        raise CannotArrange(f"Case {case.id}: {wrong['verb']}: {wrong['seen']}", case=case.id)
    return done


def played(stage: Stage, case: Case, phase: str) -> list[dict[str, Any]]:
    """Plays a phase of a case; each step tells what was seen. What is not as expected stops nothing."""
    return [_played(stage, step) for step in case.steps if step.phase == phase]


def _played(stage: Stage, step: Step) -> dict[str, Any]:
    from lkc.scenarios.verbs import VERBS  # noqa: PLC0415 - nine modules that the start need not load

    stage.called.clear()
    try:
        seen: Seen = VERBS[step.verb](stage, **stage.filled(step.values))
        wrong = mismatch(seen, stage.filled(step.expect))
        if wrong is None:
            for name, path in step.keep.items():
                stage.keep(name, path, seen)
        told = wrong or seen.told()
    except UNPLAYABLE as error:
        wrong = told = f"the step cannot be played: {type(error).__name__} {error}"
    stage.failed += wrong is not None
    return {
        "phase": step.phase,
        "verb": step.verb,
        "ok": wrong is None,
        "text": with_kept(step.says, stage.kept),
        "calls": [f"{called.method} {called.path}" for called in stage.called],
        "requests": [asdict(called) for called in stage.called],
        "seen": told,
    }
