"""What the token service declares of itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from lkc.feed import ONETRUST, Receiver
from lkc.world.landscape import counted_in
from lkc.world.session import WorldSession
from lkc.world.system import Entrance, System, parts_in
from onetrust.tokens.api import blueprint
from onetrust.tokens.issuing import SYSTEM as SYSTEM_ID
from onetrust.tokens.models import HAS_QUANTITY, Entitlement
from onetrust.tokens.receiving import receive
from onetrust.tokens.refusals import STATUSES

RECEIVER = Receiver(
    system=SYSTEM_ID,
    delivery=ONETRUST,
    receive=receive,
    arrivals=("entitlement-received", "entitlement-rejected", "document-outdated"),
)


def next_expiry(world: WorldSession, after: date) -> date | None:
    """The first day after a given one on which an entitlement ends."""
    query = select(func.min(Entitlement.expiration_day))
    day = world.orm.scalar(query.where(HAS_QUANTITY, Entitlement.expiration_day > after.isoformat()))
    return None if day is None else date.fromisoformat(day)


SYSTEM = System(
    id=SYSTEM_ID,
    title="OneTrust",
    summary="The token service: products retrieve there what their customer is entitled to.",
    prefix="/onetrust",
    state=parts_in("onetrust.tokens.state"),
    counts=counted_in("onetrust.tokens.counting"),
    blueprints=(blueprint,),
    entrance=Entrance("/onetrust/api/v1/keys", "Public keys with which it signs"),
    statuses=STATUSES,
    next_expiry=next_expiry,
)
