"""Arranging cases and playing them: symptom first, then the remedy, then how it ends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lkc.scenarios.cases import PHASES, Case, Step
from lkc.scenarios.expecting import mismatch
from lkc.scenarios.refusals import CannotArrange, WorldNotEmpty
from lkc.scenarios.stage import Seen, Stage
from lkc.scenarios.telling import with_kept
from lkc.world.session import WorldSession

ARRANGE, OUTCOME = PHASES[0], PHASES[-1]

# What verbs and what is kept meet where an answer has not what they look for in it.
UNPLAYABLE = (LookupError, TypeError, ValueError, AttributeError, StopIteration)


def prepare(world: WorldSession, case: Case) -> None:
    """Lets an untouched world begin at the moment of a case, which may lie before the one that its clock shows."""
    if not world.ids.counters.get("event", 0):
        world.clock.begin(case.at)


def arrange(stage: Stage, case: Case) -> list[dict[str, Any]]:
    """Brings about what the case begins with. Raises WorldNotEmpty or CannotArrange."""
    if stage.call("GET", "/_sim/events?limit=1").body:
        raise WorldNotEmpty(stage.world)
    moved = stage.call("PUT", "/_sim/clock", {"now": case.at.isoformat(), "mode": "frozen"})
    if moved.status >= 400:
        raise CannotArrange(f"Case {case.id} begins at {case.at.isoformat()}: {moved.told()}", case=case.id)
    done = [_played(stage, step) for step in case.steps if step.phase == ARRANGE]
    wrong = next((step for step in done if not step["ok"]), None)
    if wrong is not None:
        raise CannotArrange(f"Case {case.id}: {wrong['verb']}: {wrong['seen']}", case=case.id)
    return done


def play(stage: Stage, case: Case, until: str = OUTCOME) -> list[dict[str, Any]]:
    """Plays a case in an untouched world up to a phase, that one included; each step tells what was seen."""
    done = arrange(stage, case)
    wanted = PHASES[1 : PHASES.index(until) + 1]
    return done + [_played(stage, step) for step in case.steps if step.phase in wanted]


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
        "text": with_kept(step.says, stage.kept),
        "calls": [f"{called.method} {called.path}" for called in stage.called],
        "requests": [asdict(called) for called in stage.called],
        "seen": told,
    }
