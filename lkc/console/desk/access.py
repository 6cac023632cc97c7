"""Getting in where the simulator was started with an admin token."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import InputRequired

from lkc.console.pages import is_open, is_right, let_in
from lkc.look.forms import Form
from lkc.look.pages import show

WRONG = "This is not the token that the simulator was started with."


class SignInForm(Form):
    """The admin token."""

    # The journal hides a field of this name.
    admin_token = PasswordField("Admin token", [InputRequired("Enter the admin token.")])


def sign_in_page() -> Response:
    """Opens the desk to whoever knows the admin token, and leads to the page that was asked for."""
    form = SignInForm()
    if is_open():
        return redirect(_wanted())
    if form.validate_on_submit() and is_right(form.admin_token.data):
        return let_in(redirect(_wanted()))
    if form.admin_token.data:
        form.admin_token.errors = [WRONG]
    return show("console/sign_in.html", status=401 if form.errors else 200, form=form)


def _wanted() -> str:
    """Where to go on: a page of this world, as the address says, or the first one."""
    to = request.args.get("to", "")
    is_ours = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return f"{request.root_path}{to}" if is_ours else url_for(".landscape_page")
