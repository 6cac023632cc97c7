"""What the support desk declares of itself."""

from __future__ import annotations

from lkc.support.api import access, requests
from lkc.support.models import SYSTEM
from lkc.support.refusals import STATUSES
from lkc.world.system import Entrance, System, parts_in


def system(reset: access.OcnReset) -> System:
    """The support desk, which has OCN passwords reset in this way."""
    return System(
        id=SYSTEM,
        title="Support desk",
        summary="Service requests (PMRs), who may open them, and new passwords for OCNs.",
        prefix="/support",
        state=parts_in("lkc.support.state"),
        blueprints=(access.blueprint, requests.blueprint),
        statuses=STATUSES,
        entrance=Entrance("/support/api/v1/service-requests", "Service requests (sign in as producer, producer)"),
        neighbours={access.OCN_RESET_KEY: reset},
    )
