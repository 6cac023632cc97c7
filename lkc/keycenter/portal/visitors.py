"""Who looks at the portal: the cookie keeps the token of a session of the key center, which ends as any other does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, flash, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from lkc.keycenter.portal.words import told
from lkc.keycenter.sign_in import Caller, SignedIn, end_session, holder_of
from lkc.look.forms import Form
from lkc.look.pages import done, show, status_of
from lkc.world.hold import current_world
from lkc.world.refusals import Refused, Unauthenticated

TOKEN, WANTED = "token", "wanted"


def visitor() -> Caller | None:
    """The member who is logged in, or None; pages that are shown after this name him."""
    token = session.get(TOKEN)
    if token is None:
        return None
    try:
        caller = Caller(holder_of(current_world(), token))
    except Unauthenticated:
        return None
    g.who, g.leave = caller.email, Form()
    return caller


def for_members(view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """A view that is given who is logged in; anybody else is led to the login page."""

    @wraps(view)
    def guarded(**values: Any) -> AnyResponse:
        caller = visitor()
        return to_login() if caller is None else view(caller, **values)

    return guarded


def to_login() -> AnyResponse:
    """Leads to the login page, and from there back to what was looked for."""
    has_ended = session.pop(TOKEN, None) is not None
    if has_ended:
        flash({"text": "Your session has ended.", "remedy": "Please log in again."}, "told")  # type: ignore[arg-type] # any JSON
    if request.method == "GET":
        query = request.query_string.decode()
        session[WANTED] = f"{request.root_path}{request.path}" + (f"?{query}" if query else "")
    return redirect(url_for(".login_page"))


def let_in(signed: SignedIn) -> AnyResponse:
    """Begins a page session, and leads to where the visitor wanted to go."""
    wanted = session.get(WANTED) or url_for(".summary_page")
    session.clear()
    session[TOKEN] = signed.token
    return redirect(wanted)


def let_out() -> AnyResponse:
    """Ends the session, here and in the key center."""
    token = session.get(TOKEN)
    if token is not None:
        end_session(current_world(), token)
    session.clear()
    done("You are logged out.")
    return redirect(url_for(".login_page"))


def page(template: str, refused: list[Refused] | None = None, **values: Any) -> Response:
    """A page of the portal.

    Args:
        template: its name within the portal's.
        refused: what was refused; it is told at the head of the page and gives the status.
        values: what the template needs.
    """
    sentences = [told(refusal) for refusal in refused or ()]
    return show(f"keycenter/{template}.html", status=status_of(refused or ()), refused=sentences, **values)
