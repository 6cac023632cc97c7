"""Signing in with the control number (OCN) of an order, for customers with WOS licenses (Q19)."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from lkc.look.forms import Form
from lkc.look.pages import attempt, done, show
from lkc.ordering.sign_in import sign_in
from lkc.world.hold import current_world
from lkc.world.refusals import Refused


class OcnForm(Form):
    """Control number and password."""

    ocn = StringField("Control number (OCN)", [InputRequired("Enter the control number of your order.")])
    password = PasswordField("Password", [InputRequired("Enter the password of the control number.")])


def wos_page() -> Response:
    """Signs in with a control number; the address of the page may name one."""
    form, refused = OcnForm(ocn=request.args.get("ocn", "")), list[Refused]()
    if form.validate_on_submit():
        with attempt(refused):
            number = sign_in(current_world(), form.ocn.data, form.password.data)
            done(f"You are signed in with control number {form.ocn.data}, which stands for order {number}.")
            return redirect(url_for(".wos_page"))
    return show("ordering/wos.html", status=401 if refused else 200, form=form, refused=refused)
