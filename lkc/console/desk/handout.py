"""A lesson on paper: for learners, with room for notes, and the solution on a sheet of its own."""

from __future__ import annotations

from flask import Response, request

from lkc.console.desk.lessons import beside, lesson_of
from lkc.console.secrecy import closed, is_quiz_open
from lkc.look.pages import show
from lkc.scenarios.cases import PHASES, find_case
from lkc.scenarios.standing import standing_of
from lkc.scenarios.telling import with_kept, without_places
from lkc.world.hold import current_world


def handout_page(number: str, name: str) -> Response:
    """The handout of a case; `?solution=no` leaves the second sheet out, `?for=class` the name of the world."""
    case, world = find_case(f"{number}/{name}"), current_world()
    if is_quiz_open():
        return closed("questions", "Lessons are told")
    lesson, standing = lesson_of(world, case), standing_of(world)
    is_here = standing is not None and standing.case_id == case.id
    kept = standing.kept if standing is not None and is_here else {}
    steps = {
        phase: [
            with_kept(step.says, kept) if kept else without_places(step.says)
            for step in case.steps
            if step.phase == phase and step.verb != "explain"
        ]
        for phase in PHASES[1:]
    }
    has_solution = request.args.get("solution") != "no"
    return show(
        "console/handout.html",
        lesson=lesson,
        steps=steps,
        has_solution=has_solution,
        for_whom={"for": "class"} if request.args.get("for") == "class" else {},
        landscape=f"{request.host_url[:-1]}{request.root_path.rpartition('/w/')[0]}",
        **beside(case),
    )
