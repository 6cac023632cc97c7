"""The portal's pages: sign in, and see the token."""

from __future__ import annotations

from flask import Response, current_app, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired

from lkc.look import sessions
from lkc.look.forms import Form
from lkc.look.pages import attempt, show, status_of
from lkc.world.hold import current_world
from lkc.world.refusals import Refused
from onetrust.myiss.accounts import account_with, find_account
from onetrust.myiss.api import TOKEN_SOURCE_KEY
from onetrust.myiss.token_view import TokenSource, shown_token


class SignInForm(Form):
    """Address and password."""

    email = EmailField("E-mail address", [InputRequired("Enter the e-mail address of your account.")])
    password = PasswordField("Password", [InputRequired("Enter your password.")])


def token_page() -> AnyResponse:
    """The token of the own account, or that none is shown."""
    world = current_world()
    who = sessions.signed_in()
    account = find_account(world, who) if who is not None else None
    if account is None:
        return redirect(url_for(".sign_in_page"))
    ask: TokenSource = current_app.config[TOKEN_SOURCE_KEY]
    refused: list[Refused] = []
    token = None
    with attempt(refused):
        token = shown_token(world, account, ask)
    return show("myiss/token.html", account=account, token=token, refused=refused, leave=Form())


def sign_in_page() -> AnyResponse:
    """Signs somebody in."""
    form, refused = SignInForm(), list[Refused]()
    if form.validate_on_submit():
        with attempt(refused):
            sessions.sign_in(account_with(current_world(), form.email.data, form.password.data).email)
            return redirect(url_for(".token_page"))
    return show("myiss/sign_in.html", status=status_of(refused), form=form, refused=refused)


def sign_out_page() -> Response | AnyResponse:
    """Signs out."""
    if Form().validate_on_submit():
        sessions.sign_out()
    return redirect(url_for(".sign_in_page"))
