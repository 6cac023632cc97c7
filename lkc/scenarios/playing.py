"""Playing the phases of a case: its arrangement, the symptom, then the remedy, then how it ends."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.cases import PHASES, Case, Step
from lkc.scenarios.expecting import mismatch
from lkc.scenarios.refusals import CannotArrange
from lkc.scenarios.stage import Seen, Stage

ARRANGE = PHASES[0]

# What verbs and what is kept meet where an answer has not what they look for in it.
UNPLAYABLE = (LookupError, TypeError, ValueError, AttributeError, StopIteration)


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
    return {
        "phase": step.phase,
        "verb": step.verb,
        "ok": wrong is None,
        "text": stage_text(stage, step),
        "calls": list(stage.called),
        "seen": told,
    }


def stage_text(stage: Stage, step: Step) -> str:
    """What a step says, with what was kept put in."""
    try:
        return str(stage.filled(step.says))
    except KeyError:
        return step.says
