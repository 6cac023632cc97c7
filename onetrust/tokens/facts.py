"""What the token service can state: tokens, and everything that they entitle to, sooner or later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from lkc.world.session import WorldSession
from onetrust.tokens.models import Entitlement, ReceivedOrder, Token

MOST_ENTITLEMENTS = 500


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


def token_of(world: WorldSession, icn: str) -> TokenFacts | None:
    """The token of a customer number, or None."""
    found = world.orm.scalar(select(Token).where(Token.icn == icn))
    return None if found is None else TokenFacts(found.token, found.icn, found.serial_number)


def entitlements_of(world: WorldSession, token: str) -> list[EntitlementFacts]:
    """Everything that a token entitles to, whatever its date, by product and date."""
    query = select(Entitlement).where(Entitlement.token == token)
    ordered = query.order_by(Entitlement.product, Entitlement.expiration_day, Entitlement.order_number)
    return [_facts(found) for found in world.orm.scalars(ordered.limit(MOST_ENTITLEMENTS))]


def knows_appliance(world: WorldSession, serial_number: str) -> bool:
    """Whether a token or an entitlement belongs to a serial number."""
    tokens = select(Token.token).where(Token.serial_number == serial_number)
    lines = select(Entitlement.token).where(Entitlement.serial_number == serial_number)
    return world.orm.scalar(tokens.union_all(lines).limit(1)) is not None


def entitlements_of_appliance(world: WorldSession, serial_number: str) -> list[EntitlementFacts]:
    """Everything that an appliance is entitled to, whatever its date, by product and date."""
    registered = select(Token.token).where(Token.serial_number == serial_number)
    for_none = and_(Entitlement.serial_number.is_(None), Entitlement.token.in_(registered))
    query = select(Entitlement).where(or_(Entitlement.serial_number == serial_number, for_none))
    ordered = query.order_by(Entitlement.product, Entitlement.expiration_day, Entitlement.order_number)
    return [_facts(found) for found in world.orm.scalars(ordered.limit(MOST_ENTITLEMENTS))]


def entitlements_by_order(world: WorldSession, order_number: str) -> list[EntitlementFacts]:
    """What the lines of an order entitle to, by line."""
    query = select(Entitlement).where(Entitlement.order_number == order_number).order_by(Entitlement.line_number)
    return [_facts(found) for found in world.orm.scalars(query)]


def received_submission(world: WorldSession, order_number: str) -> int | None:
    """The number of an order's submission that was received last; None for an order that never came."""
    found = world.orm.get(ReceivedOrder, order_number)
    return None if found is None else found.submission


def received_submissions(world: WorldSession, order_numbers: Sequence[str]) -> dict[str, int]:
    """The same of several orders, by their numbers; those that never came are left out."""
    query = select(ReceivedOrder).where(ReceivedOrder.order_number.in_(order_numbers))
    return {found.order_number: found.submission for found in world.orm.scalars(query)}


def _facts(found: Entitlement) -> EntitlementFacts:
    return EntitlementFacts(
        order_number=found.order_number,
        line_number=found.line_number,
        token=found.token,
        product=found.product,
        quantity=found.quantity,
        expiration_date=found.expiration_day,
        serial_number=found.serial_number,
    )
