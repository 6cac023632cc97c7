"""A quiz: a case is in this world, and whoever learns names its cause; no page of the desk gives it away before."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from lkc.console.desk.lesson import OUT_OF_FORM, WAYS
from lkc.console.desk.lessons import free_names, path_in, sign_in_at
from lkc.look.forms import Form
from lkc.look.pages import attempt, show, warned
from lkc.scenarios.acting import Act
from lkc.scenarios.beginnings import Beginning, begin_as_at_first, begin_here
from lkc.scenarios.cases import PHASES, Case, find_case, find_question, questions
from lkc.scenarios.models import Kind
from lkc.scenarios.progress import Step, progress_of, steps_of, take_down
from lkc.scenarios.quizzing import case_to_ask, causes_offered
from lkc.scenarios.refusals import AlreadyPlayed, CannotArrange, PlayInterrupted, WorldNotEmpty
from lkc.scenarios.remedies import can_begin_again
from lkc.scenarios.staging import stage_for
from lkc.scenarios.standing import is_untouched, standing_of
from lkc.scenarios.themes import THEMES
from lkc.scenarios.told import told_of
from lkc.world.hold import current_hold, current_world
from lkc.world.session import WorldSession
from lkc.world.system import current_systems

PREFIX = "quiz-"
# What is said of an obstacle in the place of a refusal that would name the case.
NAMES_THE_CASE = (WorldNotEmpty, PlayInterrupted, AlreadyPlayed, CannotArrange)
OBSTACLE = (
    "No quiz can be asked here: something has happened in this world, or faults act in it.",
    "Take the faults back, clear this world, or make one of its own for the quiz.",
)


def quiz_page() -> Response:
    """The quiz of this world: to begin, asked, or told."""
    world = current_world()
    progress, steps = progress_of(world), steps_of(world)
    asked = bool(steps) and progress.case_id != "" and _is_quiz(steps, progress.case_id)
    if not asked:
        chosen = {number for number in request.args.getlist("question", type=int) if number in _numbers()}
        return show(
            "console/quiz_begin.html",
            themes=[(title, [find_question(str(one)) for one in sorted(numbers)]) for title, numbers in THEMES],
            chosen=chosen or _numbers(),
            progress=progress,
            is_untouched=standing_of(world) is None and is_untouched(world),
            can_reset=can_begin_again(world),
        )
    return _asked(world, find_case(progress.case_id))


def ask_quiz() -> Redirect:
    """Arranges a case, a named one or one of the chosen questions, and lets its symptom come about."""
    if not _is_ours():
        return _back()
    world = current_world()
    steps, progress = steps_of(world), progress_of(world)
    if progress.is_secret:
        return _back()
    count = sum(step.kind is Kind.ASKED for step in steps)
    chosen = set(request.form.getlist("question", type=int))
    named = request.form.get("case")
    case = find_case(named) if named else case_to_ask(world.seed, count, chosen, progress.cases_done)
    if case is None:
        warned("No question is chosen.", "Choose one at least.")
        return _back()
    hold = current_hold()
    hold.finish()
    with attempt(remedies=WAYS):
        try:
            Act(hold, case, stage_for).arrange()
            with hold.step() as own:
                take_down(own, Step(case.id, Kind.ASKED))
            Act(hold, case, stage_for).play(PHASES[1])
        except NAMES_THE_CASE:
            warned(*OBSTACLE)
    return _back()


def answer_quiz() -> Redirect:
    """Takes down the cause that is named; each counts once."""
    world = current_world()
    progress = progress_of(world)
    if not _is_ours() or not progress.is_secret:
        return _back()
    case, said = find_case(progress.case_id), request.form.get("cause", "")
    if said not in {one.id for one in causes_offered(world.seed, case)}:
        warned("No cause is chosen.", "Choose the one that explains what the customer says.")
    elif said not in progress.named:
        take_down(world, Step(case.id, Kind.RIGHT if said == case.id else Kind.WRONG, said))
    return _back()


def show_quiz() -> Redirect:
    """Tells the cause to whoever wants to be told."""
    world = current_world()
    progress = progress_of(world)
    if _is_ours() and progress.is_secret:
        take_down(world, Step(progress.case_id, Kind.SHOWN))
    return _back()


def make_quiz_world() -> Redirect:
    """Makes an empty world for a quiz, and leads to it; its number is its seed, so that neighbours differ."""
    chosen = request.form.getlist("question", type=int)
    if not _is_ours():
        return _back()
    current_hold().finish()
    with attempt(remedies=WAYS):
        [name] = free_names(PREFIX, 1)
        seed = int(name.removeprefix(PREFIX))
        begin_here(current_hold(), name, Beginning(seed=seed))
        return redirect(path_in(name, "desk.quiz_page", question=chosen))
    return _back()


def clear_for_quiz() -> Redirect:
    """Empties this world for the next quiz; what was learned in it stays, and so does a quiz that goes on."""
    chosen = request.form.getlist("question", type=int)
    if _is_ours() and not progress_of(current_world()).is_secret:
        if can_begin_again(current_world()):
            hold = current_hold()
            hold.finish()
            with attempt(remedies=WAYS):
                begin_as_at_first(hold, hold.name)
        else:
            warned("A reset of this world leads back to a world in which something has happened.", "Make one.")
    return redirect(url_for(".quiz_page", question=chosen))


def _asked(world: WorldSession, case: Case) -> Response:
    progress, standing = progress_of(world), standing_of(world)
    question, told = find_question(str(case.question)), told_of(world)
    hints = [question.sections[heading] for heading in ("What is seen", "Why")][: len(progress.named)]
    return show(
        "console/quiz.html",
        case=case,
        question=question,
        progress=progress,
        causes=causes_offered(world.seed, case),
        hints=hints,
        sign_in=None if standing is None else sign_in_at(case, standing),
        systems=current_systems(),
        findings=told[PHASES[1]].findings if PHASES[1] in told else [],
        can_reset=can_begin_again(world),
    )


def _is_quiz(steps: list[Step], case_id: str) -> bool:
    """Whether the last quiz of this world is about its case."""
    asked = [step.case_id for step in steps if step.kind is Kind.ASKED]
    return bool(asked) and asked[-1] == case_id


def _numbers() -> set[int]:
    return {question.number for question in questions()}


def _is_ours() -> bool:
    if Form().validate_on_submit():
        return True
    warned(OUT_OF_FORM, "Send it once more.")
    return False


def _back() -> Redirect:
    return redirect(url_for(".quiz_page"))
