"""What the portal can state about a customer number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from lkc.world.session import WorldSession
from onetrust.myiss.models import Account


@dataclass(frozen=True, slots=True)
class AccountFact:
    """An account of the portal, and whether it would show a token that there is."""

    email: str
    icn: str
    shows_token: bool


def account_for(world: WorldSession, icn: str) -> AccountFact | None:
    """An account of a customer number, one that shows tokens before others; None where there is none."""
    query = select(Account).where(Account.icn == icn).order_by(Account.shows_token.desc(), Account.email).limit(1)
    found = world.orm.scalar(query)
    return None if found is None else AccountFact(found.email, found.icn, bool(found.shows_token))


def shows_token(world: WorldSession, icn: str) -> bool:
    """Whether some account of a customer number shows its token, once it has one."""
    account = account_for(world, icn)
    return account is not None and account.shows_token


def has_account(world: WorldSession, email: str, icn: str) -> bool:
    """Whether somebody has an account for a customer number."""
    query = select(Account.email).where(Account.email == email, Account.icn == icn)
    return world.orm.scalar(query) is not None
