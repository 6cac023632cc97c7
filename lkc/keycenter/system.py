"""What the key center declares of itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from lkc.feed import KEY_FILE, Receiver
from lkc.keycenter.api import access, accounts, feed, licenses
from lkc.keycenter.membership import SYSTEM as SYSTEM_ID
from lkc.keycenter.models import HAS_QUANTITY, License
from lkc.keycenter.receiving import receive
from lkc.keycenter.refusals import STATUSES
from lkc.world.session import WorldSession
from lkc.world.system import Entrance, System, parts_in

RECEIVER = Receiver(system=SYSTEM_ID, delivery=KEY_FILE, receive=receive)


def next_expiry(world: WorldSession, after: date) -> date | None:
    """The first day after a given one on which a service contract or a product of a license ends.

    A license of quantity 0 has nothing to end.
    """
    days = [
        world.orm.scalar(select(func.min(column)).where(HAS_QUANTITY, column > after.isoformat()))
        for column in (License.expiration_day, License.license_expiration_day)
    ]
    found = [date.fromisoformat(day) for day in days if day is not None]
    return min(found, default=None)


SYSTEM = System(
    id=SYSTEM_ID,
    title="License Key Center",
    summary="Flexera's: registered end users find their orders there and generate license files.",
    prefix="/lkc",
    state=parts_in("lkc.keycenter.state"),
    blueprints=(access.blueprint, accounts.blueprint, licenses.blueprint, feed.blueprint),
    entrance=Entrance("/lkc/api/v1/keys", "Public key of license files"),
    statuses=STATUSES,
    next_expiry=next_expiry,
)
