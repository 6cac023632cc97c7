"""Quizzes: which case is asked about, and which causes are offered."""

from __future__ import annotations

from collections.abc import Collection

from lkc.scenarios.cases import PHASES, Case, find_question, questions
from lkc.scenarios.themes import theme_of
from lkc.world.keys import derive

OFFERED = 5
# What explains something in which nothing is wrong: no cause of a trouble.
REASSURING = frozenset(
    {
        "is-administrator",
        "is-member",
        "license-generated",
        "license-ready",
        "mail-genuine",
        "nothing-to-do",
        "which-date-is-which",
        "who-manages",
    }
)


def case_to_ask(seed: int, asked: int, numbers: Collection[int], done: Collection[str]) -> Case | None:
    """The case of the next quiz, which follows from the world's seed; None where no question is chosen.

    Args:
        seed: the world's.
        asked: how many quizzes there were before.
        numbers: the questions that are chosen.
        done: cases that come again only when all the others are done as well.
    """
    chosen = [case for question in questions() if question.number in numbers for case in question.cases]
    ahead = [case for case in chosen if case.id not in done] or chosen
    return ahead[_number(seed, "quiz", str(asked)) % len(ahead)] if ahead else None


def causes_offered(seed: int, case: Case) -> list[Case]:
    """The cases whose causes one chooses among: this one, others of its question and of its theme.

    The others have a cause, and none in common with it. Their order follows from the world's seed.
    """
    others = [one for one in find_question(str(case.question)).cases if _is_another(one, case)]
    offered = [case, *_mixed(seed, case, others)[: OFFERED - 3]]
    theme = theme_of(case.question)
    for question in sorted(
        questions(), key=lambda one: (theme_of(one.number) != theme, abs(one.number - case.question), one.number)
    ):
        if question.number == case.question or len(offered) == OFFERED:
            continue
        offered += _mixed(seed, case, [one for one in question.cases if _is_another(one, case)])[:1]
    return _mixed(seed, case, offered)


def _is_another(one: Case, case: Case) -> bool:
    codes = _codes(one)
    return one.title != case.title and not codes & _codes(case) and bool(codes - REASSURING)


def _codes(case: Case) -> set[str]:
    """What explains the symptom of a case."""
    return {code for step in case.steps if step.phase == PHASES[1] for code in step.expect.get("codes", ())}


def _mixed(seed: int, case: Case, cases: list[Case]) -> list[Case]:
    return sorted(cases, key=lambda one: _number(seed, "offer", case.id, one.id))


def _number(seed: int, *purpose: str) -> int:
    return int.from_bytes(derive(seed, *purpose)[:8], "big")
