"""A lesson: one case, told phase by phase, and done in this world as it is told."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect
from wtforms import IntegerField
from wtforms.validators import NumberRange

from lkc.console.desk.lessons import beside, free_names, lesson_of, lesson_worlds, path_in, prefix_of
from lkc.console.secrecy import closed, is_quiz_open
from lkc.look.forms import Form
from lkc.look.pages import attempt, done, show, warned
from lkc.scenarios.acting import Act
from lkc.scenarios.beginnings import Beginning, begin_as_at_first, begin_here
from lkc.scenarios.cases import PHASES, Case, find_case
from lkc.scenarios.remedies import EMPTY, SCENARIO, began_as_a_case, can_begin_again
from lkc.scenarios.staging import stage_for
from lkc.world.hold import current_hold, current_world

MOST_LEARNERS = 30
OUT_OF_FORM = "This page had been open for too long, or in another place; nothing was done."
WAYS = {
    "world-not-empty": "Begin this world again, or make one of its own for the lesson, with the buttons below.",
    "already-played": "Below stands what was seen.",
    "play-interrupted": "Begin this world again, or make one of its own for the lesson, with the buttons below.",
    "cannot-arrange": "Make a world of its own for the lesson with the button below.",
    "world-replaced": "Somebody else has reset this world meanwhile. Look at the page as it is now, and begin again.",
}


class WorldsForm(Form):
    """How many worlds to make."""

    count = IntegerField("Learners", [NumberRange(1, MOST_LEARNERS, f"A number from 1 to {MOST_LEARNERS}.")], default=1)


def lesson_page(number: str, name: str) -> Response:
    """The lesson of a case, as far as this world is; while a quiz goes on here no lesson is told."""
    case = find_case(f"{number}/{name}")
    world = current_world()
    if is_quiz_open():
        return closed("questions", "Lessons are told")
    worlds = [(one, path_in(one, "desk.lesson_page", number=number, name=name)) for one in lesson_worlds(case)]
    return show("console/lesson.html", lesson=lesson_of(world, case), worlds=worlds, form=WorldsForm(), **beside(case))


def arrange_lesson(number: str, name: str) -> Redirect:
    """Arranges the case in this world."""
    return _act(find_case(f"{number}/{name}"), None)


def play_lesson(number: str, name: str) -> Redirect:
    """Plays the case on, up to the phase that the button names."""
    until = request.form.get("until", "")
    return _act(find_case(f"{number}/{name}"), until if until in PHASES[1:] else PHASES[1])


def begin_again(number: str, name: str) -> Redirect:
    """Lets this world begin anew with the case arranged in it; what was learned here stays."""
    case = find_case(f"{number}/{name}")
    if not _is_ours():
        return _back(case)
    if is_quiz_open():
        return redirect(url_for(".quiz_page"))
    is_this_one = can_begin_again(current_world(), case)
    if not is_this_one and not began_as_a_case(current_world()):
        warned("A reset of this world leads back to a world in which something has happened.", WAYS["cannot-arrange"])
        return _back(case)
    with attempt(remedies=WAYS):
        hold = current_hold()
        hold.finish()
        if begin_as_at_first(hold, hold.name, "" if is_this_one else f"{SCENARIO}{case.id}").source == EMPTY:
            Act(hold, case, stage_for).arrange()
    return _back(case)


def make_lesson_worlds(number: str, name: str) -> Redirect:
    """Makes worlds in which the case is arranged: one to go to, or one for each learner."""
    case, form = find_case(f"{number}/{name}"), WorldsForm()
    if not form.validate_on_submit():
        warned(*([OUT_OF_FORM, "Send it once more."] if not form.count.errors else [form.count.errors[0], ""]))
        return _back(case)
    current_hold().finish()
    made: list[str] = []
    with attempt(remedies=WAYS):
        for place in free_names(prefix_of(case), form.count.data):
            begin_here(current_hold(), place, Beginning(source=f"scenario:{case.id}"))
            made.append(place)
    if len(made) == 1:
        return redirect(path_in(made[0], "desk.lesson_page", number=number, name=name))
    if made:
        done(f"{len(made)} worlds were made, {made[0]} to {made[-1]}; they are listed at the end of this page.")
    return _back(case)


def _act(case: Case, until: str | None) -> Redirect:
    """Arranges (no phase) or plays; a refusal is told on the page."""
    if not _is_ours():
        return _back(case)
    if is_quiz_open():
        return redirect(url_for(".quiz_page"))
    current_hold().finish()
    told: list[dict[str, Any]] = []
    with attempt(remedies=WAYS):
        act = Act(current_hold(), case, stage_for)
        told += act.arrange() if until is None else act.play(until)
    if not all(step["ok"] for step in told):
        warned("Not every step had the answer that the case expects; the steps below say which.", "")
        return _back(case)
    return _back(case, (until or PHASES[1]) if told else None)


def _is_ours() -> bool:
    """Whether a button was pressed on a page of this desk; says so where it was not."""
    if Form().validate_on_submit():
        return True
    warned(OUT_OF_FORM, "Send it once more.")
    return False


def _back(case: Case, phase: str | None = None) -> Redirect:
    """To the lesson, where need be to the card of a phase."""
    number, _, name = case.id.partition("/")
    return redirect(url_for(".lesson_page", number=number, name=name, _anchor=phase))
