"""What the token service can state: tokens, and everything that they entitle to, sooner or later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from lkc.world.session import WorldSession
from onetrust.tokens.models import Entitlement, ReceivedOrder, Token

MOST_ENTITLEMENTS = 500

# In the order of EntitlementFacts.
_COLUMNS = (
    Entitlement.order_number,
    Entitlement.line_number,
    Entitlement.token,
    Entitlement.product,
    Entitlement.quantity,
    Entitlement.expiration_day,
    Entitlement.serial_number,
)


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """A token and whose it is, with the serial number of the appliance that it is registered with, if there is one."""

    token: str
    icn: str
    serial_number: str | None


@dataclass(frozen=True, slots=True)
class EntitlementFacts:
    """What a line entitles to, and for which appliance, until the ISO date on which its service contract ends."""

    order_number: str
    line_number: int
    token: str
    product: str
    quantity: int
    expiration_date: str
    serial_number: str | None


def find_token(world: WorldSession, token: str) -> TokenFacts | None:
    """A token, or None."""
    found = world.orm.get(Token, token)
    return None if found is None else TokenFacts(found.token, found.icn, found.serial_number)


def tokens_of(world: WorldSession, icns: Sequence[str]) -> dict[str, TokenFacts]:
    """The tokens of some customer numbers, by these; those without one are left out."""
    found = world.orm.execute(select(Token.token, Token.icn, Token.serial_number).where(Token.icn.in_(icns)))
    return {icn: TokenFacts(token, icn, serial_number) for token, icn, serial_number in found}


def entitlements_of(world: WorldSession, token: str) -> list[EntitlementFacts]:
    """Everything that a token entitles to, whatever its date, by product and date."""
    query = select(*_COLUMNS).where(Entitlement.token == token)
    ordered = query.order_by(Entitlement.product, Entitlement.expiration_day, Entitlement.order_number)
    return [EntitlementFacts(*row) for row in world.orm.execute(ordered.limit(MOST_ENTITLEMENTS))]


def knows_appliance(world: WorldSession, serial_number: str) -> bool:
    """Whether a token or an entitlement belongs to a serial number."""
    tokens = select(Token.token).where(Token.serial_number == serial_number)
    lines = select(Entitlement.token).where(Entitlement.serial_number == serial_number)
    return world.orm.scalar(tokens.union_all(lines).limit(1)) is not None


def entitlements_of_appliance(world: WorldSession, serial_number: str) -> list[EntitlementFacts]:
    """Everything that an appliance is entitled to, whatever its date, by product and date."""
    registered = select(Token.token).where(Token.serial_number == serial_number)
    for_none = and_(Entitlement.serial_number.is_(None), Entitlement.token.in_(registered))
    query = select(*_COLUMNS).where(or_(Entitlement.serial_number == serial_number, for_none))
    ordered = query.order_by(Entitlement.product, Entitlement.expiration_day, Entitlement.order_number)
    return [EntitlementFacts(*row) for row in world.orm.execute(ordered.limit(MOST_ENTITLEMENTS))]


def entitlements_by_order(world: WorldSession, order_numbers: Sequence[str]) -> dict[str, list[EntitlementFacts]]:
    """What the lines of some orders entitle to, by line, by the numbers of the orders."""
    query = select(*_COLUMNS).where(Entitlement.order_number.in_(order_numbers)).order_by(Entitlement.line_number)
    found: dict[str, list[EntitlementFacts]] = {}
    for row in world.orm.execute(query):
        found.setdefault(row.order_number, []).append(EntitlementFacts(*row))
    return found


def received_submissions(world: WorldSession, order_numbers: Sequence[str]) -> dict[str, int]:
    """The numbers of the submissions that were received last, by order; those that never came are left out."""
    columns = (ReceivedOrder.order_number, ReceivedOrder.submission)
    query = select(*columns).where(ReceivedOrder.order_number.in_(order_numbers))
    return dict(world.orm.execute(query).all())
