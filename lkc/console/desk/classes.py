"""A class: the worlds of its learners side by side, made for all of them at once."""

from __future__ import annotations

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from lkc.console.beginning import beginnings
from lkc.console.learners import (
    Learner,
    already_there,
    class_name,
    classes,
    learner_of,
    learners_in,
    world_of,
    worlds_in,
)
from lkc.console.places import address_of, whole_address_of
from lkc.console.standings import standings
from lkc.look.forms import Form
from lkc.look.pages import done, show
from lkc.scenarios.beginnings import Beginning, begin_here
from lkc.scenarios.remedies import SCENARIO
from lkc.world.clock import Mode
from lkc.world.controls import worlds
from lkc.world.controls.worlds import note_beginning
from lkc.world.credentials import ADMIN_TOKEN_KEY
from lkc.world.hold import Hold, current_hold
from lkc.world.names import LONGEST
from lkc.world.refusals import Invalid


class NewClassForm(Form):
    """Learners for whom worlds are to be made."""

    of = StringField("Class")
    names = TextAreaField("Learners")
    clock = SelectField(
        "Clock", id="clock-mode", choices=[SelectChoice(mode.value, mode.value) for mode in (Mode.RUNNING, Mode.FROZEN)]
    )


def class_page() -> Response:
    """The classes there are; the worlds of one of them, as they stand."""
    store, of = current_hold().store, request.args.get("of", "")
    there = classes(store)
    if not of and len(there) == 1:
        of = next(iter(there))
    return show(
        "console/class.html",
        status=200 if not of or of in there else 404,
        of=of,
        there=there,
        found=standings(store, worlds_in(store, of)) if of else [],
        address_of=address_of,
        learner_of=learner_of,
    )


def class_table_page() -> Response:
    """The table of a class by itself, for a page that refreshes it."""
    store, of = current_hold().store, request.args.get("of", "")
    found = standings(store, worlds_in(store, of))
    return show("console/class_table.html", of=of, found=found, address_of=address_of, learner_of=learner_of)


def new_class_page() -> Response:
    """Makes a world for each learner: all of them or none."""
    hold, form = current_hold(), NewClassForm()
    source, mistake = request.values.get("from", "demo"), ""
    choices = beginnings(hold)
    if form.validate_on_submit():
        hold.finish()
        try:
            of = class_name(form.of.data or "")
            learners = learners_in(form.names.data or "")
            _free(hold, of, learners)
            _made(hold, of, learners, Beginning(source=source, mode=Mode(form.clock.data), here=hold.name))
        except Invalid as refusal:
            wrong = refusal.members["errors"][0]
            if wrong["field"] in form:
                form[wrong["field"]].errors = [wrong["message"]]
            else:
                mistake = f"The beginning {wrong['message']}."
        else:
            done(f"{len(learners)} world{'s are' if len(learners) > 1 else ' is'} made.")
            return redirect(url_for(".class_links_page", of=of, learner=[one.name for one in learners]))
    status = 422 if form.errors or mistake else 200
    return show("console/class_new.html", status=status, form=form, choices=choices, source=source, mistake=mistake)


def class_links_page() -> Response:
    """The addresses of a class, to be printed and handed out; learners by the names that were typed, where given."""
    store, of = current_hold().store, request.args.get("of", "")
    typed = {}
    if request.args.getlist("learner"):
        typed = {one.short: one.name for one in learners_in("\n".join(request.args.getlist("learner")))}
    # Where the desk asks for the admin token, learners begin at the key center.
    entrance = "" if current_app.config[ADMIN_TOKEN_KEY] is None else "lkc/"
    found = [
        (typed.get(learner_of(name), learner_of(name)), learner_of(name), f"{whole_address_of(name)}{entrance}")
        for name in worlds_in(store, of)
        if not typed or learner_of(name) in typed
    ]
    return show("console/class_links.html", of=of, found=found, is_guarded=bool(entrance))


def _free(hold: Hold, of: str, learners: list[Learner]) -> None:
    """Raises Invalid where somebody has a world in this class already."""
    taken = already_there(hold.store, of, learners)
    if taken:
        names = ", ".join(one.name for one in taken)
        message = f"There is a world in class {of} already for: {names}. Choose another class, or leave them out."
        raise Invalid({"field": "names", "message": message})
    for one in learners:
        if len(world_of(of, one.short)) > LONGEST:
            raise Invalid({"field": "names", "message": f"{one.name} is too long for the name of a world."})


def _made(hold: Hold, of: str, learners: list[Learner], beginning: Beginning) -> None:
    """Makes the worlds; where one cannot be made, none is left."""
    made: list[str] = []
    try:
        for one in learners:
            name = world_of(of, one.short)
            if made and beginning.source.startswith(SCENARIO):
                # Arranging takes hundreds of calls; what they lead to is the same each time.
                note_beginning(hold.store.fork(made[0], name, beginning.source))
            else:
                begin_here(hold, name, beginning)
            made.append(name)
    except BaseException:
        for name in made:
            worlds.delete_world(hold, name)
        raise
