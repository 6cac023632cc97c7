"""Who may see the order system's pages: the vendor's staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from lkc.look import sessions
from lkc.look.forms import Form
from lkc.look.pages import show
from lkc.world.credentials import Basic, is_producer


class SignInForm(Form):
    """Name and password of the staff."""

    name = StringField("Name", [InputRequired("Enter the name of the vendor's staff.")])
    password = PasswordField("Password", [InputRequired("Enter the password.")])


def staff_only(view: Callable[..., Response]) -> Callable[..., Response]:
    """A page that only the staff see; others sign in first and come back to it."""

    @wraps(view)
    def guarded(**values: Any) -> Response:
        if sessions.signed_in() is None:
            back = request.path if request.method == "GET" else ""
            return redirect(url_for(".sign_in_page", back=back or None))
        return view(**values)

    return guarded


def sign_in_page() -> Response:
    """Signs the staff in."""
    form, wrong = SignInForm(), False
    if form.validate_on_submit():
        if is_producer(Basic(form.name.data, form.password.data)):
            sessions.sign_in(form.name.data)
            return redirect(f"{request.root_path}{_way_back(request.args.get('back', ''))}")
        wrong = True
    return show("ordering/sign_in.html", status=401 if wrong else 200, form=form, wrong=wrong)


def sign_out_page() -> Response:
    """Signs out."""
    if Form().validate_on_submit():
        sessions.sign_out()
    return redirect(url_for(".sign_in_page"))


def _way_back(path: str) -> str:
    """The page to go back to, if it is one of this system's."""
    return path if path.startswith("/ordering/") and "//" not in path and "\\" not in path else "/ordering/"
