"""What a product shows of its licenses: only what was applied and what was retrieved, until it is prompted again."""

from __future__ import annotations

from typing import Any

from lkc.world.session import WorldSession
from onetrust.products.agents import has_agents, seats_of
from onetrust.products.kinds import Kind
from onetrust.products.licenses import HeldLicense, held_licenses, mode_of
from onetrust.products.models import Installation
from onetrust.products.reasons import text_of

APPLIANCE_TAB, OTHER_VIEW = "Licensing and Updates", "License View"


def license_view(world: WorldSession, installation: Installation) -> dict[str, Any]:
    """The license view of an installation as it is answered.

    The tab's name and the modes of appliances are documented (swg21435290), and so is that the count shows as
    exceeded where there are more agents than seats (swg21620971).
    """
    licenses = held_licenses(world, installation)
    return {
        "installation": installation.id,
        "kind": installation.kind,
        "title": APPLIANCE_TAB if installation.kind == Kind.MX_APPLIANCE else OTHER_VIEW,
        "mode": mode_of(installation),
        "licenses": [_shown(license_) for license_ in licenses],
        "seats": _seats(world, installation, licenses) if has_agents(installation) else None,
        "last_retrieval": installation.last_retrieval,
        "last_failure": installation.last_failure,
    }


def _shown(license_: HeldLicense) -> dict[str, Any]:
    return {
        "origin": license_.origin.value,
        "product": license_.product,
        "quantity": license_.quantity,
        "expiration_date": license_.expiration_date,
        "license_expiration_date": license_.license_expiration_date,
        "token": license_.token,
        "key_id": license_.key_id,
        "state": license_.state.value,
        "text": text_of(license_.state),
    }


def _seats(world: WorldSession, installation: Installation, licenses: list[HeldLicense]) -> dict[str, Any]:
    seats = seats_of(world, installation, licenses)
    exceeded = seats.missing > 0
    message = (
        f"License count is exceeded by {seats.missing}: some agents will not apply updates until seats are there."
        if exceeded
        else None
    )
    return {"licensed": seats.licensed, "used": seats.used, "exceeded": exceeded, "message": message}
