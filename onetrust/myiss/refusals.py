"""What the portal refuses."""

from __future__ import annotations

from lkc.world.refusals import Refused


class TokenNotInMyiss(Refused):
    """The portal has no token to show; for some customers it never has one (documented: Q16)."""

    code = "token-not-in-myiss"
    question = 16
    remedy = (
        'Open a service request whose summary names "licensing for IBM Security products", with the ICN, '
        "and ask for the token."
    )


class AddressTaken(Refused):
    """An account of the portal has this address already."""

    code = "myiss-account-exists"
    question = 16
    remedy = "Sign in with the account that is there, or take another address."


class TooManyAttempts(Refused):
    """Too many wrong passwords within 15 minutes of the world."""

    code = "too-many-attempts"
    question = 16
    remedy = "Wait until then; `lkc clock advance --minutes 15` shortens the wait."


STATUSES = {"token-not-in-myiss": 404, "myiss-account-exists": 409, "too-many-attempts": 429}
