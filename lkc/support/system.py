"""What the support desk declares of itself."""

from __future__ import annotations

from lkc.look.pages import Pages
from lkc.support.api import access, requests
from lkc.support.models import SYSTEM
from lkc.support.refusals import STATUSES
from lkc.world.landscape import PEOPLE, Route, counted_in
from lkc.world.system import Entrance, System, parts_in

PAGES = Pages("support_pages", __name__, views="lkc.support.pages", prefix="/support", frame="support/frame.html")
PAGES.page("/", "requests_page")
PAGES.page("/sign-in", "sign_in_page", "GET", "POST")
PAGES.page("/sign-out", "sign_out_page", "POST")
PAGES.page("/ibm-id", "ibm_id_page", "GET", "POST")
PAGES.page("/registrations", "registrations_page")
PAGES.page("/registrations/new", "register_page", "POST")
PAGES.page("/registrations/<int(max=9223372036854775807):registration_id>/remove", "unregister_page", "POST")
PAGES.page("/ocn-password", "reset_page", "GET", "POST")
PAGES.page("/requests/new", "open_page", "GET", "POST")
PAGES.page("/requests/<pmr_number>", "request_page")
PAGES.page("/requests/<pmr_number>/change", "change_page", "POST")
PAGES.page("/requests/<pmr_number>/notes", "note_page", "POST")


def system(reset: access.OcnReset) -> System:
    """The support desk, which has OCN passwords reset in this way."""
    return System(
        id=SYSTEM,
        title="Support desk",
        summary="Service requests (PMRs), who may open them, and new passwords for OCNs.",
        prefix="/support",
        state=parts_in("lkc.support.state"),
        routes=(
            Route(what="service request", start=PEOPLE, to=SYSTEM, kinds=("service-request-opened",)),
            Route(what="new OCN password", to="ordering", kinds=("ocn-password-reset",)),
        ),
        counts=counted_in("lkc.support.counting"),
        blueprints=(access.blueprint, requests.blueprint, PAGES),
        statuses=STATUSES,
        entrance=Entrance("/support/", "Open a service request"),
        neighbours={access.OCN_RESET_KEY: reset},
    )
