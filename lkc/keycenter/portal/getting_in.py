"""Pages that need no login: login, Password Finder, a new password, joining an account; and logging out."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from lkc.feed import Person
from lkc.keycenter import membership, passwords
from lkc.keycenter.portal.fields import FinderForm, JoinForm, LoginForm, PasswordForm
from lkc.keycenter.portal.visitors import TOKEN, let_in, let_out, page, visitor
from lkc.keycenter.sign_in import sign_in
from lkc.look.forms import Form
from lkc.look.pages import attempt, done
from lkc.world.hold import current_world
from lkc.world.refusals import Refused


def login_page() -> AnyResponse:
    """Logs a member in (documented: Q8)."""
    if request.method == "GET" and visitor() is not None:
        return redirect(url_for(".summary_page"))
    form, refused = LoginForm(), list[Refused]()
    if form.validate_on_submit():
        with attempt(refused):
            return let_in(sign_in(current_world(), form.email.data, form.password.data))
    return page("login", refused, form=form)


def logout_page() -> AnyResponse:
    """Logs out."""
    if Form().validate_on_submit():
        return let_out()
    return redirect(url_for(".summary_page"))


def finder_page() -> AnyResponse:
    """Mails a link for a new password; what is answered is the same for everybody (Q10)."""
    visitor()
    form = FinderForm()
    if form.validate_on_submit():
        passwords.find_password(current_world(), form.email.data)
        done("If this is the address of a registered end user, a mail is on its way to it.")
        return redirect(url_for(".finder_page"))
    return page("password_finder", form=form)


def password_page(token: str) -> AnyResponse:
    """Sets a password with the link that was mailed."""
    visitor()
    world, form, refused, email = current_world(), PasswordForm(), list[Refused](), ""
    with attempt(refused):
        email = passwords.owner_of_link(world, token)
        if form.validate_on_submit():
            passwords.set_password(world, token, form.password.data)
            session.pop(TOKEN, None)
            done("Your password is set. Log in with it.")
            return redirect(url_for(".login_page"))
    return page("password", refused, form=form, email=email)


def join_page() -> AnyResponse:
    """Puts somebody on an account at once, without a mail to anybody (documented: swg21610380)."""
    caller = visitor()
    form, refused = JoinForm(email=caller.email if caller else ""), list[Refused]()
    if form.validate_on_submit():
        person = Person(form.name.data, form.email.data)
        with attempt(refused):
            joined = membership.join(current_world(), form.account_id.data, form.sales_order_number.data, person)
            account = joined.member.account_id
            now = "is a member of account {} now" if joined.is_new else "was a member of account {} already"
            done(f"{joined.member.email} {now.format(account)}. No mail is sent about it.")
            return redirect(url_for(".summary_page" if caller else ".finder_page"))
    return page("join", refused, form=form)
