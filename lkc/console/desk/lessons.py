"""What a lesson's page tells: how far this world is with it, what was seen, and where a customer would see it."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from flask import current_app, request, url_for

from lkc.scenarios.acting import is_in_work
from lkc.scenarios.cases import PHASES, Case, find_case, find_question
from lkc.scenarios.refusals import UnknownCase
from lkc.scenarios.remaining import findings_left
from lkc.scenarios.remedies import began_as_a_case, can_begin_again
from lkc.scenarios.standing import Standing, is_untouched, standing_of
from lkc.scenarios.told import Told, told_of
from lkc.world.credentials import PRODUCER_KEY
from lkc.world.hold import current_hold
from lkc.world.session import WorldSession

MOST_LISTED = 60
SYMPTOM = "symptom"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Where a customer sees it, and with what one signs in there.

    Attributes:
        path: within the world.
        name: an address, or the name of the vendor's staff; empty where nobody signs in.
    """

    path: str
    name: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson as far as this world is.

    Attributes:
        state: `untouched`, `here`, `working` or `left` (halfway) where the case is this world's, `other` where another
            case is, `touched` where something else has happened.
        phase: the last that is done; empty before the first.
        ahead: the phases that are not done.
        told: what was seen, by phase.
        sign_in: None before the case is arranged.
        other: the case of this world where it is another one that this version knows.
        can_begin_again: whether this world may begin anew as one in which the case can be played.
        is_solved: whether its causes are gone before the remedy was played: somebody has put it right by hand.
    """

    case: Case
    state: str
    phase: str
    ahead: tuple[str, ...]
    told: dict[str, Told]
    sign_in: SignIn | None
    other: Case | None
    can_begin_again: bool
    is_solved: bool = False

    def is_done(self, phase: str) -> bool:
        """Whether a phase is behind this world."""
        return bool(self.phase) and phase not in self.ahead

    def seen(self, phase: str) -> Told | None:
        """What was seen of a phase; None where nothing is kept of it."""
        return self.told.get(phase)

    @property
    def next(self) -> str:
        """The phase that comes next; empty after the last."""
        return self.ahead[0] if self.ahead else ""


def lesson_of(world: WorldSession, case: Case) -> Lesson:
    """The lesson of a case in a world."""
    standing = standing_of(world)
    if standing is None or standing.case_id != case.id:
        state = "other" if standing else "untouched" if is_untouched(world) else "touched"
        return Lesson(
            case=case,
            state=state,
            phase="",
            ahead=PHASES,
            told={},
            sign_in=None,
            other=None if standing is None else known_case(standing.case_id),
            can_begin_again=can_begin_again(world, case) or began_as_a_case(world),
        )
    working = is_in_work(current_hold().store, world, standing)
    return Lesson(
        case=case,
        state=("working" if working else "left") if standing.doing else "here",
        phase=standing.phase,
        ahead=standing.ahead,
        told=told_of(world),
        sign_in=sign_in_at(case, standing),
        other=None,
        can_begin_again=can_begin_again(world, case) or began_as_a_case(world),
        is_solved=standing.phase == SYMPTOM and findings_left(world) == 0,
    )


def sign_in_at(case: Case, standing: Standing) -> SignIn | None:
    """Where a customer sees a case in the world in which it is arranged; None before."""
    path = case.page_with(standing.kept)
    if path is None or not standing.phase:
        return None
    if case.person == "producer":
        name, password = current_app.config[PRODUCER_KEY]
        return SignIn(path=path, name=name, password=password)
    return SignIn(path=path, name=case.person, password=standing.passwords.get(case.person, ""))


def beside(case: Case) -> dict[str, Any]:
    """What stands around a lesson: its question, and the cases before and after it there."""
    question = find_question(str(case.question))
    place = question.cases.index(case)
    before = question.cases[place - 1] if place else None
    after = question.cases[place + 1] if place + 1 < len(question.cases) else None
    return {"question": question, "before": before, "after": after}


def prefix_of(case: Case) -> str:
    """How the names of worlds for a lesson begin: they name the case by its place, as learners see them."""
    place = find_question(str(case.question)).cases.index(case)
    return f"lesson-{case.question:02}{ascii_lowercase[place]}-"


def lesson_worlds(case: Case) -> list[str]:
    """The worlds that were made for a lesson."""
    store = current_hold().store
    names = (f"{prefix_of(case)}{number}" for number in range(1, MOST_LISTED + 1))
    return [name for name in names if store.exists(name)]


def free_names(prefix: str, count: int) -> list[str]:
    """Names that no world has, counted up from 1."""
    store, found, number = current_hold().store, list[str](), 0
    while len(found) < count:
        number += 1
        if not store.exists(f"{prefix}{number}"):
            found.append(f"{prefix}{number}")
    return found


def path_in(world: str, endpoint: str, **values: Any) -> str:
    """The address of a page of the desk in another world."""
    here = url_for(endpoint, **values).removeprefix(request.root_path)
    return f"{request.root_path.rpartition('/w/')[0]}/w/{world}{here}"


def known_case(case_id: str) -> Case | None:
    """The case of this id; None where this version does not know it."""
    try:
        return find_case(case_id)
    except UnknownCase:
        return None
