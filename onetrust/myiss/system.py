"""What the portal declares of itself."""

from __future__ import annotations

from lkc.world.system import Entrance, System, parts_in
from onetrust.myiss.accounts import SYSTEM as SYSTEM_ID
from onetrust.myiss.api import TOKEN_SOURCE_KEY, blueprint
from onetrust.myiss.refusals import STATUSES
from onetrust.myiss.token_view import TokenSource


def system(ask: TokenSource) -> System:
    """The portal, which asks the token service in this way."""
    return System(
        id=SYSTEM_ID,
        title="MyISS",
        summary="The portal in which many customers find their token.",
        prefix="/myiss",
        state=parts_in("onetrust.myiss.state"),
        blueprints=(blueprint,),
        statuses=STATUSES,
        entrance=Entrance("/myiss/api/v1/accounts", "Accounts of the portal (sign in as producer, producer)"),
        neighbours={TOKEN_SOURCE_KEY: ask},
    )
