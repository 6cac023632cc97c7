"""What the portal shows its customers of the token service: their token, if it knows it."""

from __future__ import annotations

from collections.abc import Callable

from lkc.world.session import WorldSession
from onetrust.myiss.models import Account
from onetrust.myiss.refusals import TokenNotInMyiss

# Asks the token service for the token that a customer number has so far; None where it has none.
TokenSource = Callable[[WorldSession, str], str | None]


def shown_token(world: WorldSession, account: Account, ask: TokenSource) -> str:
    """The token of an account's customer number.

    Raises TokenNotInMyiss where the portal does not know it, or the customer number has none yet; the customer
    cannot tell which (documented: Q16).
    """
    token = ask(world, account.icn) if account.shows_token else None
    if token is None:
        raise TokenNotInMyiss(f"MyISS has no token for customer number {account.icn}.", icn=account.icn)
    return token
