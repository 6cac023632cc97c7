"""Getting in where the simulator was started with an admin token."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import InputRequired

from lkc.console.pages import is_open, let_in
from lkc.look.forms import Form
from lkc.look.pages import show

WRONG = "This is not the token that the simulator was started with."


class SignInForm(Form):
    """The admin token."""

    # The journal hides a field of this name.
    admin_token = PasswordField("Admin token", [InputRequired("Enter the admin token.")])


def sign_in_page() -> Response:
    """Opens the desk to whoever knows the admin token; where there is none it is open."""
    form = SignInForm()
    if is_open() or (form.validate_on_submit() and let_in(form.admin_token.data)):
        return redirect(url_for(".landscape_page"))
    if form.admin_token.data:
        form.admin_token.errors = [WRONG]
    return show("console/sign_in.html", status=401 if form.errors else 200, form=form)
