"""Who may use the controls."""

from __future__ import annotations

import hmac

from flask import current_app, request

from lkc.world.credentials import bearer
from lkc.world.refusals import Refused, Unauthenticated
from lkc.world.rest import JSON

ADMIN_TOKEN_KEY = "LKC_ADMIN_TOKEN"  # noqa: S105 - the name of a setting
CHANGING = frozenset({"POST", "PUT", "PATCH"})


class NotJson(Refused):
    """A control call that changes something and is not JSON: a web page elsewhere could have made it."""

    code = "not-json"
    remedy = "Send it with Content-Type: application/json (an empty body will do where none is wanted)."


def guard() -> None:
    """Lets a control call pass. Raises Unauthenticated or NotJson."""
    token: str | None = current_app.config[ADMIN_TOKEN_KEY]
    if token is not None and not hmac.compare_digest(token.encode(), (bearer() or "").encode()):
        raise Unauthenticated("The controls need the admin token (Authorization: Bearer ...).", "lkc-control")
    if request.method in CHANGING and request.mimetype != JSON:
        raise NotJson(f"{request.method} {request.path} came as {request.mimetype or 'nothing'}, not as JSON.")
