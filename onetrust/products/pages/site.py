"""The pages of a whole site: what is installed, and installing more."""

from __future__ import annotations

from flask import redirect, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lkc.look.forms import Form
from lkc.look.pages import done, show
from lkc.world.hold import current_hold, current_world
from lkc.world.refusals import Invalid
from lkc.world.rest import flattened
from onetrust.products import installations
from onetrust.products.kinds import Kind
from onetrust.products.licenses import State, held_licenses, mode_of
from onetrust.products.pages.words import KINDS
from onetrust.products.schemas import NewInstallationSchema

SHOWN = 24
NEW = NewInstallationSchema()


class InstallForm(Form):
    """What is to be installed."""

    kind = SelectField("Product", choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()])
    name = StringField("Name", [InputRequired("Give it a name.")])
    version = StringField("Version")
    serial_number = StringField("Serial number")


def site_page() -> Response:
    """What is installed, oldest first."""
    world, after = current_world(), request.args.get("after")
    found = installations.list_installations(world, after, SHOWN + 1)
    cards = []
    for installation in found[:SHOWN]:
        licenses = held_licenses(world, installation)
        running = sum(license_.state is State.RUNNING for license_ in licenses)
        cards.append((installation, mode_of(installation), len(licenses), running))
    more = found[SHOWN - 1].id if len(found) > SHOWN else None
    return show("products/site.html", cards=cards, kinds=KINDS, more=more, after=after)


def install_page() -> Response:
    """Installs a product."""
    form = InstallForm()
    if form.validate_on_submit():
        wanted = {name: form[name].data.strip() or None for name in ("kind", "name", "version", "serial_number")}
        try:
            installation = installations.set_up(current_world(), **NEW.load(wanted))
        except ValidationError as error:
            _note(form, flattened(error.messages))
        except Invalid as refusal:
            current_hold().keep = False
            _note(form, refusal.members["errors"])
        else:
            done(f"{installation.name} is installed.")
            return redirect(url_for(".console_page", installation_id=installation.id))
    status = 422 if form.errors else 200
    return show("products/install.html", status=status, form=form, kinds=Kind)


def _note(form: InstallForm, mistakes: list[dict[str, str]]) -> None:
    for mistake in mistakes:
        form[mistake["field"]].errors = [mistake["message"]]
