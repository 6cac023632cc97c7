"""Giving customer numbers their tokens."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from lkc.world.database import Prepared
from lkc.world.session import WorldSession
from onetrust.tokens.models import Token
from onetrust.tokens.refusals import TokenTaken

SYSTEM = "onetrust"
DIGITS = 12

_TAKEN = Prepared(lambda: select(Token.icn).where(Token.token == bindparam("token")), kept_only=True)
_TOKEN_OF = Prepared(lambda: select(Token.token).where(Token.icn == bindparam("icn")), kept_only=True)


def token_for(world: WorldSession, icn: str) -> str:
    """The token of a customer number; one that has none gets it now."""
    known = known_token(world, icn) or _issue(world, icn, _free_token(world), None)
    world.remembered["token", icn] = known
    return known


def known_token(world: WorldSession, icn: str) -> str | None:
    """The token that a customer number has so far; None where it has none yet."""
    known: str | None = world.remembered.get(("token", icn))
    if known is None and (row := world.row(_TOKEN_OF, icn=icn)) is not None:
        known = str(row[0])
    return known


def register(world: WorldSession, icn: str, token: str | None, serial_number: str | None) -> tuple[Token, bool]:
    """The token of a customer number, and whether it was given only now.

    Args:
        world: where.
        icn: the customer number.
        token: digits that somebody wants it to have; None takes the next one.
        serial_number: of the appliance that it comes with, if there is one.

    Raises TokenTaken where the number has another token, or the token another number.
    """
    known = world.orm.scalar(select(Token).where(Token.icn == icn))
    if known is not None:
        if token not in {None, known.token}:
            raise TokenTaken(f"Customer number {icn} has another token.", icn=icn)
        if serial_number is not None:
            known.serial_number = serial_number
        return known, False
    if token is not None and world.orm.get(Token, token) is not None:
        raise TokenTaken(f"Token {token} belongs to another customer number.", token=token)
    given = _issue(world, icn, token or _free_token(world), serial_number)
    return world.orm.get_one(Token, given), True


def list_tokens(world: WorldSession, after: str | None, limit: int) -> list[Token]:
    """Tokens in order, those after a given one, at most so many."""
    query = select(Token).order_by(Token.token).limit(limit)
    if after is not None:
        query = query.where(Token.token > after)
    return list(world.orm.scalars(query))


def _free_token(world: WorldSession) -> str:
    """The next token that nobody was given by hand before."""
    token = world.ids.scattered("token", DIGITS)
    while world.row(_TAKEN, token=token) is not None:
        token = world.ids.scattered("token", DIGITS)
    return token


def _issue(world: WorldSession, icn: str, token: str, serial_number: str | None) -> str:
    world.insert(Token, token=token, icn=icn, serial_number=serial_number)
    world.record(SYSTEM, "token-issued", f"Customer number {icn} has token {token}.", icn=icn, token=token)
    return token
