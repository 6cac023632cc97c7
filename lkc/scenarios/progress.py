"""How far somebody who learns in a world has come: what was asked, answered and played there."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select

from lkc.scenarios.cases import PHASES, find_case
from lkc.scenarios.models import AnswerRow, Kind
from lkc.scenarios.refusals import UnknownCase
from lkc.scenarios.standing import standing_of
from lkc.world.database import Prepared
from lkc.world.session import WorldSession


@dataclass(frozen=True, slots=True)
class Step:
    """One step of whoever learns: on which case, what, and the case whose cause was named."""

    case_id: str
    kind: Kind
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far whoever learns in a world has come.

    Attributes:
        case_id: the case of the world; empty where there is none.
        phase: the last phase of it that is done (`arrange`, `symptom`, `remedy`, `outcome`), or empty.
        is_secret: a quiz about it is not at its end, so no page may name the case.
        quiz_tries: causes that were named for it, the right one included; 0 where it is no quiz.
        solved: whether the right one was among them.
        named: the cases whose causes were named wrongly, in their order.
        cases_done: those solved in a quiz or played to their outcome, in this world and before a lesson reset it.
        questions_done: their questions (1-19), each once, rising.
    """

    case_id: str = ""
    phase: str = ""
    is_secret: bool = False
    quiz_tries: int = 0
    solved: bool = False
    named: tuple[str, ...] = ()
    cases_done: tuple[str, ...] = ()
    questions_done: tuple[int, ...] = ()


_STEPS = Prepared(lambda: select(AnswerRow.case_id, AnswerRow.kind, AnswerRow.said).order_by(AnswerRow.id))
_LAST = Prepared(lambda: select(AnswerRow.id).order_by(AnswerRow.id.desc()).limit(1))
_DONE = frozenset({Kind.RIGHT, Kind.PLAYED})


def progress_of(world: WorldSession) -> Progress:
    """How far whoever learns in a world has come; reads two rows or few, of an idle world as well."""
    standing, steps = standing_of(world), steps_of(world)
    done = [step.case_id for step in steps if step.kind in _DONE]
    if standing is None:
        return Progress(cases_done=_once(done), questions_done=_questions(done))
    if standing.phase == PHASES[-1]:
        done.append(standing.case_id)
    quiz = _quiz_about(steps, standing.case_id)
    kinds = [step.kind for step in quiz]
    return Progress(
        case_id=standing.case_id,
        phase=standing.phase,
        is_secret=bool(quiz) and not {Kind.RIGHT, Kind.SHOWN} & set(kinds),
        quiz_tries=sum(kind in {Kind.RIGHT, Kind.WRONG} for kind in kinds),
        solved=Kind.RIGHT in kinds,
        named=tuple(step.said for step in quiz if step.kind is Kind.WRONG),
        cases_done=_once(done),
        questions_done=_questions(done),
    )


def steps_of(world: WorldSession) -> list[Step]:
    """Every step of whoever learns, in their order."""
    return [Step(case_id, Kind(kind), said) for case_id, kind, said in world.rows(_STEPS)]


def take_down(world: WorldSession, *steps: Step) -> None:
    """Adds steps of whoever learns; a world in which nothing has happened stays untouched by it."""
    last = world.row(_LAST)
    for place, step in enumerate(steps, 1 if last is None else last[0] + 1):
        world.insert(AnswerRow, id=place, case_id=step.case_id, kind=step.kind.value, said=step.said)


def carried_over(world: WorldSession) -> list[Step]:
    """What a world that a lesson resets is to remember: every step, and the case that was played to its outcome."""
    standing, steps = standing_of(world), steps_of(world)
    if standing is None or standing.phase != PHASES[-1]:
        return steps
    return [*steps, Step(standing.case_id, Kind.PLAYED)]


def _quiz_about(steps: list[Step], case_id: str) -> list[Step]:
    """The steps of the quiz about the case of a world, from its question on; none where it is no quiz."""
    asked = [place for place, step in enumerate(steps) if step.kind is Kind.ASKED]
    if not asked or steps[asked[-1]].case_id != case_id:
        return []
    return steps[asked[-1] :]


def _once(cases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cases))


def _questions(cases: Iterable[str]) -> tuple[int, ...]:
    found = set()
    for name in cases:
        with suppress(UnknownCase):
            found.add(find_case(name).question)
    return tuple(sorted(found))
