"""All worlds: finding one, making one, copying, leading back, deleting."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from lkc.console.beginning import Choices, beginnings
from lkc.console.glance import glance, glances
from lkc.console.places import address_of, confirm
from lkc.look.forms import Form, read_form
from lkc.look.pages import attempt, done, show, warned
from lkc.scenarios.beginnings import Beginning, begin_here
from lkc.scenarios.new_world import NewWorldSchema
from lkc.world.controls import worlds
from lkc.world.hold import current_hold
from lkc.world.names import DEFAULT, fresh
from lkc.world.refusals import Invalid, InvalidWorldName, WorldExists
from lkc.world.session import Access

SHOWN = 25
NEW = NewWorldSchema()
# What a copy brings with it.
OWN = ("seed", "at", "clock")


class NewWorldForm(Form):
    """A world that is to be made; its fields are those of the interface's message."""

    name = StringField("Name")
    seed = StringField("Seed")
    at = StringField("Clock shows")
    clock = SelectField(
        "Clock", id="clock-mode", choices=[SelectChoice("", "frozen"), SelectChoice("running", "running")]
    )


class CopyForm(Form):
    """A copy."""

    name = StringField("Name of the copy")


def worlds_page() -> Response:
    """The worlds by name, those whose name contains something."""
    hold = current_hold()
    wanted, page = request.args.get("q", "").strip().lower(), max(request.args.get("page", 1, int), 1)
    found = [name for name in hold.store.names() if wanted in name]
    page = min(page, max((len(found) - 1) // SHOWN + 1, 1))
    first = (page - 1) * SHOWN
    names = found[first : first + SHOWN]
    return show(
        "console/worlds.html",
        found=list(glances(hold.store, names)),
        total=len(found),
        first=first + 1,
        last=first + len(names),
        wanted=wanted,
        page=page,
        more=first + SHOWN < len(found),
        address_of=address_of,
    )


def world_page(name: str) -> Response:
    """One world, and what can be done with it."""
    hold = current_hold()
    with hold.store.session(name, Access.READ) as session:
        told = glance(session)
    others = [other for other in hold.store.names() if other != name]
    return show(
        "console/world.html",
        told=told,
        address=address_of(name),
        others=others[:100],
        is_here=name == hold.name,
        may_go=name not in {DEFAULT, hold.name},
    )


def new_world_page() -> Response:
    """Makes a world."""
    hold, form = current_hold(), NewWorldForm()
    choices, source = beginnings(hold), request.values.get("from", "demo")
    mistake = ""
    if form.validate_on_submit():
        body = read_form(form, NEW, numbers={"seed"})
        if body is not None:
            name = body.pop("name", None) or fresh()
            hold.finish()
            try:
                _bring_their_own(source, body)
                begin_here(hold, name, Beginning(source=source, here=hold.name, **body))
            except (WorldExists, InvalidWorldName) as refusal:
                form.name.errors = [refusal.detail if isinstance(refusal, WorldExists) else refusal.remedy]
            except Invalid as refusal:
                mistake = _note(form, refusal)
            else:
                done(f"World {name} is made.")
                return redirect(url_for(".world_page", name=name))
    status = 422 if form.errors or mistake else 200
    choices = _with(choices, source)
    return show("console/world_new.html", status=status, form=form, choices=choices, source=source, mistake=mistake)


def copy_world_page(name: str) -> Response:
    """Copies a world as it is now."""
    hold, form = current_hold(), CopyForm()
    hold.store.info(name)
    if form.validate_on_submit():
        new = (form.name.data or "").strip() or fresh()
        hold.finish()
        try:
            worlds.copy_world(hold, name, new)
        except (WorldExists, InvalidWorldName) as refusal:
            form.name.errors = [refusal.detail if isinstance(refusal, WorldExists) else refusal.remedy]
        else:
            done(f"World {new} is a copy of {name}.")
            return redirect(url_for(".world_page", name=new))
    return show("console/world_copy.html", status=422 if form.errors else 200, form=form, name=name)


def reset_world_page(name: str) -> Response:
    """Leads a world back to its origin, once somebody has confirmed that."""
    hold, back = current_hold(), url_for(".world_page", name=name)
    hold.store.info(name)
    if Form().validate_on_submit():
        hold.finish()
        with attempt():
            worlds.reset_world(hold, name)
            done(f"World {name} is as it was at its beginning.")
        return redirect(back)
    text = "Everything that has happened in it is undone, the clock goes back, and its journal is emptied."
    return confirm(f"Reset world {name}", text, "Reset this world", back=back, at="worlds")


def delete_world_page(name: str) -> Response:
    """Deletes a world, once somebody has confirmed that; never the one whose desk this is."""
    hold, back = current_hold(), url_for(".world_page", name=name)
    hold.store.info(name)
    if name == hold.name:
        warned(
            f"World {name} is the one whose desk you are at.", "Open the desk of another world, and delete it there."
        )
        return redirect(back)
    if Form().validate_on_submit():
        hold.finish()
        with attempt():
            worlds.delete_world(hold, name)
            done(f"World {name} is deleted.")
            return redirect(url_for(".worlds_page"))
        return redirect(back)
    text = "It is gone with its snapshots and its journal. Nothing brings it back."
    return confirm(f"Delete world {name}", text, "Delete this world", back=back, at="worlds")


def _is_copy(source: str) -> bool:
    return source.startswith(("world:", "snapshot:"))


def _bring_their_own(source: str, body: dict[str, Any]) -> None:
    """Raises Invalid where a copy is to have another seed or clock than its original."""
    if _is_copy(source) and body:
        raise Invalid({"field": min(body), "message": "A copy has the seed and the clock of its original."})


def _note(form: NewWorldForm, refusal: Invalid) -> str:
    """Puts what was wrong at its field; gives what belongs to the choice of the beginning, which is none."""
    mistake = refusal.members["errors"][0]
    field = {"mode": "clock"}.get(mistake["field"], mistake["field"])
    if field in form:
        form[field].errors = [mistake["message"]]
        return ""
    return str(mistake["message"])


def _with(choices: Choices, source: str) -> Choices:
    """The choices with what an address has asked for beside them, e.g. a copy of some other world."""
    if any(source == value for group in choices.values() for value, _ in group) or not _is_copy(source):
        return choices
    return {**choices, "Copy of": [*choices["Copy of"], (source, source.replace(":", " "))]}
