"""Who may use the controls."""

from __future__ import annotations

import hmac

from flask import current_app, request

from lkc.world.credentials import ADMIN_TOKEN_KEY, NOBODY, Scheme, bearer
from lkc.world.refusals import Bearer, NotJson, Refused, Unauthenticated
from lkc.world.rest import JSON

ADMIN = Bearer("Send `Authorization: Bearer TOKEN` with the token that `lkc start --admin-token` was given.")
TOML = "application/toml"
CONTROL = (
    NOBODY,
    Scheme("admin", "bearer", "The token of `lkc start --admin-token`, where it was given one; else no credential."),
)
CHANGING = frozenset({"POST", "PUT", "PATCH"})


class NotToml(Refused):
    """A body of another kind where a document is wanted."""

    code = "not-toml"
    remedy = "Send it with Content-Type: application/toml."


def guard() -> None:
    """Lets a control call pass. Raises Unauthenticated or NotJson.

    A call that changes something must be JSON even with an empty body: else a web page elsewhere could make it.
    """
    _check_token()
    if request.method in CHANGING and request.mimetype != JSON:
        raise NotJson(f"{request.method} {request.path} came as {request.mimetype or 'nothing'}, not as JSON.")


def guard_documents() -> None:
    """Lets a call with a document pass. Raises Unauthenticated or NotToml; a web page elsewhere cannot send TOML."""
    _check_token()
    if request.method in CHANGING and request.mimetype != TOML:
        raise NotToml(f"{request.method} {request.path} came as {request.mimetype or 'nothing'}, not as TOML.")


def _check_token() -> None:
    token: str | None = current_app.config[ADMIN_TOKEN_KEY]
    if token is not None and not hmac.compare_digest(token.encode(), (bearer() or "").encode()):
        raise Unauthenticated("The controls need the admin token.", "lkc-control", ADMIN)
