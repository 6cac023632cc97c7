"""What a product gets when it asks: for each product the entitlement with the first upcoming date (Q17)."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Select, and_, bindparam, func, literal_column, or_, select
from sqlalchemy.sql import ColumnElement

from lkc.world.database import Prepared
from lkc.world.keys import signer, unpadded
from lkc.world.session import WorldSession
from onetrust.tokens.issuing import SYSTEM
from onetrust.tokens.models import Entitlement, Token
from onetrust.tokens.refusals import SerialNumberUnknown, TokenUnknown

_OTHER = Entitlement.__table__.alias()
# Written out: there is an index on quantities above 0, and for a bound 0 SQLite would plan anew at every call.
_NOTHING: ColumnElement[int] = literal_column("0")


def _upcoming(mine: ColumnElement[bool], others: ColumnElement[bool]) -> Select[str, int, str]:
    """Entitlements whose day has not passed and is the first such day of their product.

    A day has passed when it is over: from 00:00 UTC of the next day on.
    """
    first = (
        select(func.min(_OTHER.c.expiration_day))
        .where(
            others,
            _OTHER.c.product == Entitlement.product,
            _OTHER.c.quantity > _NOTHING,
            _OTHER.c.expiration_day >= bindparam("today"),
        )
        .scalar_subquery()
    )
    return (
        select(Entitlement.product, Entitlement.quantity, Entitlement.expiration_day)
        .where(and_(mine, Entitlement.quantity > _NOTHING, Entitlement.expiration_day == first))
        .order_by(Entitlement.product, Entitlement.order_number, Entitlement.line_number)
    )


_TOKEN = Prepared(lambda: select(Token.token).where(Token.token == bindparam("token")))
_BY_TOKEN = Prepared(lambda: _upcoming(Entitlement.token == bindparam("token"), _OTHER.c.token == bindparam("token")))
_REGISTERED = Prepared(
    lambda: select(Token.token).where(Token.serial_number == bindparam("serial_number")).order_by(Token.token).limit(1)
)
_SERIAL = Prepared(
    lambda: (
        select(Entitlement.token)
        .where(Entitlement.serial_number == bindparam("serial_number"))
        .order_by(Entitlement.order_number, Entitlement.line_number)
        .limit(1)
    )
)


def _of_appliance(serial_number: ColumnElement[str | None], token: ColumnElement[str]) -> ColumnElement[bool]:
    """What was ordered for an appliance, and what its own token has for no appliance in particular."""
    return or_(
        serial_number == bindparam("serial_number"), and_(token == bindparam("registered"), serial_number.is_(None))
    )


_BY_SERIAL = Prepared(
    lambda: _upcoming(
        _of_appliance(Entitlement.__table__.c.serial_number, Entitlement.__table__.c.token),
        _of_appliance(_OTHER.c.serial_number, _OTHER.c.token),
    )
)


def by_token(world: WorldSession, token: str) -> dict[str, Any]:
    """What a token entitles to now, signed. Raises TokenUnknown."""
    if world.row(_TOKEN, token=token) is None:
        raise TokenUnknown(f"Nobody has the token {token!r}.", token=token)
    rows = world.rows(_BY_TOKEN, token=token, today=world.clock.today().isoformat())
    return _signed(world, {"token": token}, rows)


def by_serial_number(world: WorldSession, serial_number: str) -> dict[str, Any]:
    """What an appliance is entitled to now, signed (documented: swg21435290).

    That is what was ordered for its serial number, whatever the token, and, where it was registered with a token,
    also what that token has without a serial number. Raises SerialNumberUnknown.
    """
    registered = world.row(_REGISTERED, serial_number=serial_number)
    belongs_to = registered or world.row(_SERIAL, serial_number=serial_number)
    if belongs_to is None:
        raise SerialNumberUnknown(
            f"Neither a token nor an entitlement belongs to the serial number {serial_number!r}.",
            serial_number=serial_number,
        )
    rows = world.rows(
        _BY_SERIAL,
        serial_number=serial_number,
        registered=registered[0] if registered else None,
        today=world.clock.today().isoformat(),
    )
    return _signed(world, {"token": belongs_to[0], "serial_number": serial_number}, rows)


def _signed(world: WorldSession, head: dict[str, str], rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """The answer with its signature: a JSON Web Signature (RFC 7515) over the rest of it."""
    answer: dict[str, Any] = {
        **head,
        "retrieved_at": world.clock.stamp(),
        "entitlements": [
            {"product": product, "quantity": quantity, "expiration_date": day} for product, quantity, day in rows
        ],
    }
    key = signer(world.seed, SYSTEM)
    header = unpadded(orjson.dumps({"alg": "EdDSA", "kid": key.kid}))
    signed = f"{header}.{unpadded(orjson.dumps(answer))}"
    return {**answer, "signature": f"{signed}.{unpadded(key.sign(signed.encode()))}"}
