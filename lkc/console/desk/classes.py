"""A class: the worlds of its learners side by side, made for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from lkc.console.beginning import beginnings
from lkc.console.desk.lessons import SignIn, known_case, sign_in_at
from lkc.console.learners import (
    class_name,
    classes,
    learner_of,
    learners_in,
    make_worlds,
    worlds_in,
)
from lkc.console.places import address_of, whole_address_of
from lkc.console.standings import standings
from lkc.look.forms import Form
from lkc.look.pages import done, show
from lkc.look.words import plainly
from lkc.scenarios.beginnings import Beginning
from lkc.scenarios.standing import standing_of
from lkc.world.clock import Mode
from lkc.world.credentials import ADMIN_TOKEN_KEY
from lkc.world.hold import current_hold
from lkc.world.hosts import is_loopback
from lkc.world.refusals import Invalid, Refused
from lkc.world.session import Access
from lkc.world.store import WorldStore


@dataclass(frozen=True, slots=True)
class Slip:
    """What one learner gets on paper.

    Attributes:
        name: as it was typed, where that is known.
        short: as it stands in the name of the world.
        address: where to begin.
        sign_in: where a case is arranged: with what its customer signs in.
        says: what that customer says; empty where there is none.
    """

    name: str
    short: str
    address: str
    sign_in: SignIn | None
    says: str


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
            beginning = Beginning(source=source, mode=Mode(form.clock.data), here=hold.name)
            make_worlds(hold, of, learners, beginning)
        except Invalid as refusal:
            wrong = refusal.members["errors"][0]
            if wrong["field"] in form:
                form[wrong["field"]].errors = [wrong["message"]]
            else:
                mistake = f"The beginning {wrong['message']}."
        except Refused as refusal:
            mistake = plainly(refusal.detail)
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
        Slip(typed.get(learner_of(name), learner_of(name)), learner_of(name), *_start_of(store, name, entrance))
        for name in worlds_in(store, of)
        if not typed or learner_of(name) in typed
    ]
    return show(
        "console/class_links.html",
        of=of,
        found=found,
        is_guarded=bool(entrance),
        is_here_only=is_loopback(urlsplit(request.host_url).hostname or ""),
    )


def _start_of(store: WorldStore, world: str, entrance: str) -> tuple[str, SignIn | None, str]:
    """Where a learner begins in a world, with what he signs in, and what the customer of its case says."""
    address = whole_address_of(world)
    try:
        with store.session(world, Access.READ) as session:
            standing = standing_of(session)
    except Refused:
        standing = None
    case = known_case(standing.case_id) if standing is not None else None
    sign_in = sign_in_at(case, standing) if case is not None and standing is not None else None
    if case is None or sign_in is None:
        return f"{address}{entrance}", None, ""
    return f"{address}{sign_in.path[1:] if entrance else ''}", sign_in, case.customer
