"""Snapshots of this world: saving, loading, deleting; a new world from one is made where worlds are."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response
from wtforms import StringField

from lkc.console.places import confirm
from lkc.look.forms import Form
from lkc.look.pages import attempt, done, show
from lkc.world.controls.snapshots import load_snapshot, save_snapshot
from lkc.world.hold import current_hold
from lkc.world.refusals import Invalid
from lkc.world.snapshots import Snapshot, UnknownSnapshot


class SnapshotForm(Form):
    """A moment that is to be saved."""

    name = StringField("Name")


def snapshots_page() -> Response:
    """What was saved of this world; saves it as it is."""
    hold, form = current_hold(), SnapshotForm()
    if form.validate_on_submit():
        hold.finish()
        try:
            saved, is_new = save_snapshot(hold, (form.name.data or "").strip())
        except Invalid as refusal:
            form.name.errors = [f"It {refusal.members['errors'][0]['message']}."]
        else:
            done(f"Snapshot {saved.name} is {'saved' if is_new else 'replaced by the world as it is now'}.")
            return redirect(url_for(".snapshots_page"))
    found = hold.store.snapshots.saved(hold.name)
    return show("console/snapshots.html", status=422 if form.errors else 200, form=form, found=found, size=_size)


def load_snapshot_page(name: str) -> Response:
    """Leads this world back to a snapshot, once somebody has confirmed that."""
    hold, back = current_hold(), url_for(".snapshots_page")
    saved = _found(name)
    if Form().validate_on_submit():
        hold.finish()
        with attempt():
            load_snapshot(hold, name)
            done(f"The world is as it was when snapshot {name} was saved.")
        return redirect(back)
    when = saved.at.strftime("%d %b %Y, %H:%M")
    text = f"What has happened in this world since then is gone, and its clock shows {when} again."
    return confirm(f"Load snapshot {name}", text, "Load this snapshot", back=back, at="snapshots")


def delete_snapshot_page(name: str) -> Response:
    """Deletes a snapshot, once somebody has confirmed that."""
    hold, back = current_hold(), url_for(".snapshots_page")
    _found(name)
    if Form().validate_on_submit():
        hold.finish()
        with attempt():
            hold.store.snapshots.delete(hold.name, name)
            done(f"Snapshot {name} is deleted.")
        return redirect(back)
    text = "Nothing brings it back. Worlds that were made from it stay."
    return confirm(f"Delete snapshot {name}", text, "Delete this snapshot", back=back, at="snapshots")


def _found(name: str) -> Snapshot:
    """A snapshot of this world. Raises UnknownSnapshot."""
    hold = current_hold()
    found = next((one for one in hold.store.snapshots.saved(hold.name) if one.name == name), None)
    if found is None:
        raise UnknownSnapshot(hold.name, name)
    return found


def _size(count: int) -> str:
    """So many bytes, in the unit that people read."""
    return f"{count / 1024:,.0f} KiB" if count < 1024 * 1024 else f"{count / 1024 / 1024:,.1f} MiB"
