"""Who is signed in at a page: cookies that belong to one world and one system, signed with the world's key."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response, session
from flask.sessions import NullSession, SecureCookieSession, SessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from lkc.world.clock import to_micros
from lkc.world.hold import ENVIRON_KEY, Hold, current_world
from lkc.world.journal import current_journal
from lkc.world.keys import derive
from lkc.world.refusals import UnknownWorld

DESK = "desk"
# The cookie of who has said the admin token, which holds for all worlds.
ADMIN = "lkc-admin"
HOLDS = timedelta(hours=8)


class WorldSessions(SessionInterface):
    """Sessions of pages; calls of interfaces have none, and pay nothing.

    A cookie is sent to the pages of one system of one world only. It holds no time of its own: what it stands for ends
    by the world's clock, which whoever puts something in has to see to.
    """

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:  # noqa: ARG002 - Flask's form
        """The session that a request comes with; an empty one where it has none, or not one of this world."""
        path = request.path
        if "/api/" in path or path.startswith("/_sim/"):
            return self._none
        name = _name(path)
        kept = request.cookies.get(name)
        if kept is None:
            return SecureCookieSession()
        try:
            return SecureCookieSession(_serializer(request, name).loads(kept))
        except BadData:
            return SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002 - likewise
        """Sends the session along where it has changed."""
        from flask import request  # noqa: PLC0415 - the request of this very moment

        name = _name(request.path)
        path = f"{request.root_path}/" if name.endswith(DESK) else f"{request.root_path}/{_system(request.path)}/"
        if session.accessed:
            response.vary.add("Cookie")
        if not session.modified:
            return
        if not session:
            response.delete_cookie(name, path=path, httponly=True, samesite="Lax")
            return
        try:
            value: Any = _serializer(request, name).dumps(dict(session))
        except UnknownWorld:
            # It was deleted while it answered; nobody will read in it what the session holds.
            return
        response.set_cookie(name, value, path=path, httponly=True, samesite="Lax", secure=request.is_secure)


def sign_in(who: str) -> None:
    """Signs somebody in at the pages of this system, for eight hours of the world."""
    session.clear()
    session["who"] = who
    session["until"] = to_micros(current_world().clock.now() + HOLDS)


def signed_in() -> str | None:
    """Who is signed in at the pages of this system; nobody after eight hours of the world."""
    who: str | None = session.get("who")
    return who if who is not None and current_world().clock.micros() < session["until"] else None


def sign_out() -> None:
    """Signs out whoever is signed in."""
    session.clear()


def mark_of(token: str) -> str:
    """What shows that a browser has said the admin token, without holding it; another token ends it."""
    return hmac.new(token.encode(), b"desk", hashlib.sha256).hexdigest()


def desk_session(world: str, seed: int, token: str | None) -> tuple[str, str]:
    """A session as of a browser for which the desk is open: its cookies, and the mark of its forms.

    Args:
        world: name of the world.
        seed: of the world.
        token: the admin token, where there is one.
    """
    raw = hashlib.sha256(derive(seed, "played")).hexdigest()
    name = f"lkc-{DESK}"
    cookie: Any = _serializer_of(seed, world, name).dumps({"csrf_token": raw})
    admin = "" if token is None else f"; {ADMIN}={mark_of(token)}"
    # As Flask-WTF makes it.
    mark: Any = URLSafeTimedSerializer(derive(seed, "forms"), salt="wtf-csrf-token").dumps(raw)
    return f"{name}={cookie}{admin}", str(mark)


def _system(path: str) -> str:
    """The first part of a path below the world; empty at the desk."""
    first, slash, _ = path[1:].partition("/")
    return first if slash else ""


def _name(path: str) -> str:
    return f"lkc-{_system(path) or DESK}"


def _serializer(request: Request, name: str) -> URLSafeSerializer:
    hold: Hold = request.environ[ENVIRON_KEY]
    return _serializer_of(hold.session.seed, hold.name, name)


def _serializer_of(seed: int, world: str, name: str) -> URLSafeSerializer:
    # The world's key follows from its seed, which anybody may guess; the key of the data directory does not.
    key = derive(seed, "pages") + current_journal().marks.key_for("pages")
    return URLSafeSerializer(key, salt=f"{world} {name}")
