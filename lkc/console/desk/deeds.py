"""What is done to all worlds of a class at once, once somebody has confirmed it; each world for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lkc.console.beginning import arranged_cases
from lkc.console.learners import learner_of, worlds_in
from lkc.look.forms import Form
from lkc.look.pages import done, show, warned
from lkc.scenarios.beginnings import Beginning, begin_again
from lkc.scenarios.progress import carried_over
from lkc.world.controls import worlds
from lkc.world.controls.clock import advance_clock
from lkc.world.hold import Hold, current_hold
from lkc.world.refusals import Refused
from lkc.world.session import Access


class StoodIn(Refused):
    """The world at whose desk somebody deletes all."""

    code = "own-world"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done to every world of a class.

    Attributes:
        act: does it to one.
        heading: what is about to happen; `told` what has.
        text: what it means.
    """

    act: Callable[[Hold, str], None]
    heading: str
    text: str
    label: str
    told: str
    kind: str = "danger"


def class_deed_page(deed: str) -> Response:
    """Asks whether somebody is sure, then does it, and tells what became of each world."""
    hold, of, wanted = current_hold(), request.args.get("of", ""), DEEDS.get(deed)
    names = worlds_in(hold.store, of)
    back = url_for(".class_page", of=of or None)
    if wanted is None or not names:
        return redirect(back)
    if Form().validate_on_submit():
        hold.finish()
        _tell(wanted, _outcomes(hold, wanted, names))
        return redirect(back if deed != "delete" else url_for(".class_page"))
    return show(
        "console/class_deed.html",
        deed=wanted,
        of=of,
        back=back,
        learners=[learner_of(name) for name in names],
        choices=arranged_cases() if deed == "case" else None,
    )


def _outcomes(hold: Hold, deed: Deed, names: Sequence[str]) -> dict[str, list[str]]:
    """The learners by what became of their worlds; empty text: it was done."""
    outcomes: dict[str, list[str]] = {}
    for name in names:
        try:
            deed.act(hold, name)
        except Refused as refusal:
            outcomes.setdefault(refusal.detail, []).append(learner_of(name))
        else:
            outcomes.setdefault("", []).append(learner_of(name))
    return outcomes


def _tell(deed: Deed, outcomes: dict[str, list[str]]) -> None:
    for reason, learners in outcomes.items():
        if not reason:
            done(f"{deed.told}: {', '.join(learners)}.")
        else:
            warned(f"Not done for {', '.join(learners)}.", reason)


def _reset(hold: Hold, name: str) -> None:
    worlds.reset_world(hold, name)


def _a_day(hold: Hold, name: str) -> None:
    beside = hold.beside(name)
    try:
        advance_clock(beside, {"days": 1})
    except BaseException:
        beside.abandon()
        raise
    beside.finish()


def _arrange(hold: Hold, name: str) -> None:
    with hold.store.session(name, Access.READ) as world:
        seed, mode, learned = world.seed, world.clock.mode, tuple(carried_over(world))
    wanted = Beginning(source=request.form.get("from", ""), seed=seed, mode=mode, learned=learned)
    begin_again(hold, name, wanted)


def _delete(hold: Hold, name: str) -> None:
    if name == hold.name:
        raise StoodIn("It is the world at whose desk you are.")
    worlds.delete_world(hold, name)


DEEDS = {
    "reset": Deed(
        _reset,
        "Reset all worlds",
        "Each goes back to its beginning: what the learners did is undone, and their clocks go back.",
        "Reset all",
        "Reset",
    ),
    "day": Deed(
        _a_day,
        "Advance all clocks by a day",
        "What comes due on the way happens, in each world by itself.",
        "Advance all by a day",
        "A day later",
        "primary",
    ),
    "case": Deed(
        _arrange,
        "Arrange a case in all worlds",
        "Each world begins anew with this case, under its name and address. What was solved before is remembered.",
        "Arrange it in all",
        "The case is arranged",
        "primary",
    ),
    "delete": Deed(
        _delete,
        "Delete all worlds",
        "They are gone with their snapshots and journals. Nothing brings them back.",
        "Delete all",
        "Deleted",
    ),
}
