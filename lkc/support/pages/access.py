"""Pages of getting in: IBM IDs, signing in, registrations, and a new password for an OCN."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lkc.look import sessions
from lkc.look.forms import Form, read_form
from lkc.look.pages import attempt, done, show, status_of
from lkc.support import registrations
from lkc.support.api.access import OCN_RESET_KEY, OcnReset
from lkc.support.models import Level
from lkc.support.pages.words import LEVELS, REMEDIES
from lkc.support.schemas import IbmIdSchema, OcnPasswordResetSchema, RegistrationSchema
from lkc.support.sign_in import STAFF, Caller, checked_caller, create_ibm_id
from lkc.world.hold import current_world
from lkc.world.refusals import Refused

SHOWN = 50
_STAFF = f"staff:{STAFF}"


class SignInForm(Form):
    """An IBM ID, or the vendor's staff."""

    name = StringField("IBM ID", [InputRequired("Enter your IBM ID.")])
    password = PasswordField("Password", [InputRequired("Enter your password.")])


class IbmIdForm(Form):
    """A new IBM ID."""

    email = StringField("E-mail address", [InputRequired("Enter your e-mail address.")])
    password = PasswordField("Password", [InputRequired("Choose a password.")])


class RegistrationForm(Form):
    """Who is to be registered."""

    email = StringField("IBM ID", [InputRequired("Enter an e-mail address.")])
    icn = StringField("Customer number (ICN)", [InputRequired("Enter the customer number.")])
    level = SelectField("Access level", choices=[SelectChoice(level.value, LEVELS[level.value]) for level in Level])


class ResetForm(Form):
    """Whose password is to be reset."""

    ocn = StringField("Control number (OCN)", [InputRequired("Enter the control number.")])
    icn = StringField("Customer number (ICN)", [InputRequired("Enter the customer number.")])


def who_calls() -> Caller | None:
    """Who is signed in at the desk."""
    who = sessions.signed_in()
    if who is None:
        return None
    return Caller(None) if who == _STAFF else Caller(who)


def signed_in_only(view: Callable[..., Response]) -> Callable[..., Response]:
    """A page for whoever is signed in; it is given who that is."""

    @wraps(view)
    def guarded(**values: Any) -> Response:
        caller = who_calls()
        return redirect(url_for(".sign_in_page")) if caller is None else view(caller, **values)

    return guarded


def sign_in_page() -> Response:
    """Signs an IBM ID, or the staff, in."""
    form, refused = SignInForm(), list[Refused]()
    if form.validate_on_submit():
        with attempt(refused):
            caller = checked_caller(current_world(), form.name.data, form.password.data)
            sessions.sign_in(caller.email or _STAFF)
            return redirect(url_for(".requests_page"))
    return show("support/sign_in.html", status=status_of(refused), form=form, refused=refused)


def sign_out_page() -> Response:
    """Signs out."""
    if Form().validate_on_submit():
        sessions.sign_out()
    return redirect(url_for(".sign_in_page"))


def ibm_id_page() -> Response:
    """Makes an IBM ID."""
    form = IbmIdForm()
    if form.validate_on_submit():
        wanted = read_form(form, IbmIdSchema())
        if wanted is not None:
            with attempt(remedies=REMEDIES):
                made = create_ibm_id(current_world(), **wanted)
                sessions.sign_in(made.email)
                done(f"{made.email} has an IBM ID. It opens requests once it is registered for a customer number.")
                return redirect(url_for(".registrations_page"))
    return show("support/ibm_id.html", status=422 if form.errors else 200, form=form)


@signed_in_only
def registrations_page(caller: Caller) -> Response:
    """The caller's registrations, and those that he manages."""
    after = request.args.get("after", type=int)
    found = registrations.list_registrations(current_world(), caller, after, SHOWN + 1)
    more = found[SHOWN - 1].registration_id if len(found) > SHOWN else None
    return _registrations(caller, RegistrationForm(formdata=None), found[:SHOWN], more, after)


@signed_in_only
def register_page(caller: Caller) -> Response:
    """Registers somebody."""
    form = RegistrationForm()
    if form.validate_on_submit():
        wanted = read_form(form, RegistrationSchema())
        if wanted is not None:
            with attempt(remedies=REMEDIES):
                made, _ = registrations.register(current_world(), caller, **wanted)
                done(f"{made.email} is registered for customer number {made.icn} ({LEVELS[made.level]}).")
            return redirect(url_for(".registrations_page"))
    found = registrations.list_registrations(current_world(), caller, None, SHOWN)
    return _registrations(caller, form, found, None, None)


@signed_in_only
def unregister_page(caller: Caller, registration_id: int) -> Response:
    """Ends a registration."""
    if Form().validate_on_submit():
        with attempt(remedies=REMEDIES):
            registrations.remove(current_world(), caller, registration_id)
            done("The registration has ended.")
    return redirect(url_for(".registrations_page"))


@signed_in_only
def reset_page(caller: Caller) -> Response:
    """Has an order's contact mailed a new password for its OCN; for the staff."""
    form = ResetForm()
    if caller.email is None and form.validate_on_submit():
        wanted = read_form(form, OcnPasswordResetSchema())
        if wanted is not None:
            reset: OcnReset = current_app.config[OCN_RESET_KEY]
            with attempt():
                reset(current_world(), wanted["ocn"].strip(), wanted["icn"].strip())
                done(f"The order's contact is mailed a new password for control number {wanted['ocn']}.")
                return redirect(url_for(".reset_page"))
    return show("support/reset.html", who=caller, form=form)


def _registrations(caller: Caller, form: Form, found: list[Any], more: int | None, after: int | None) -> Response:
    world = current_world()
    manages = {
        entry.icn
        for entry in found
        if caller.email is None or registrations.find_level(world, caller.email, entry.icn) is Level.ADMIN
    }
    return show(
        "support/registrations.html",
        status=422 if form.errors else 200,
        who=caller,
        form=form,
        registrations=found,
        manages=manages,
        levels=LEVELS,
        more=more,
        after=after,
    )
