"""What the key center declares of itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from lkc.feed import KEY_FILE, Receiver
from lkc.keycenter.api import access, accounts, feed, licenses
from lkc.keycenter.membership import SYSTEM as SYSTEM_ID
from lkc.keycenter.models import HAS_QUANTITY, License
from lkc.keycenter.portal.words import told
from lkc.keycenter.receiving import receive
from lkc.keycenter.refusals import STATUSES
from lkc.look.pages import Pages
from lkc.mail.sending import MAIL, SENT
from lkc.world.landscape import PEOPLE, Route, counted_in
from lkc.world.session import WorldSession
from lkc.world.system import Entrance, System, parts_in

RECEIVER = Receiver(
    system=SYSTEM_ID, delivery=KEY_FILE, receive=receive, arrivals=("order-received", "document-outdated")
)

PAGES = Pages(
    "keycenter_pages",
    "lkc.keycenter.portal",
    views="lkc.keycenter.portal.views",
    prefix="/lkc",
    frame="keycenter/frame.html",
    words=told,
)
PAGES.page("/", "summary_page")
PAGES.page("/login", "login_page", "GET", "POST")
PAGES.page("/logout", "logout_page", "POST")
PAGES.page("/password-finder", "finder_page", "GET", "POST")
PAGES.page("/password/<token>", "password_page", "GET", "POST")
PAGES.page("/join", "join_page", "GET", "POST")
PAGES.page("/orders/<order_number>", "order_page")
PAGES.page("/orders/<order_number>/licenses", "licenses_page", "GET", "POST")
PAGES.page("/licenses/<license_id>/keys/<int:key_id>/<format_>", "save_page")
PAGES.page("/members", "accounts_page")
PAGES.page("/accounts/<account_id>/members", "members_page")
PAGES.page("/accounts/<account_id>/members/new", "new_member_page", "GET", "POST")
PAGES.page("/accounts/<account_id>/members/edit", "edit_member_page", "GET", "POST")
PAGES.page("/accounts/<account_id>/members/delete", "delete_member_page", "GET", "POST")


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
    routes=(
        Route(what="mail 2", to=MAIL, kinds=SENT, subject={"sent_by": SYSTEM_ID}),
        Route(what="license file", to=PEOPLE, kinds=("license-generated",)),
    ),
    counts=counted_in("lkc.keycenter.counting"),
    blueprints=(access.blueprint, accounts.blueprint, licenses.blueprint, feed.blueprint, PAGES),
    entrance=Entrance("/lkc/", "Log in, see orders, generate license files"),
    statuses=STATUSES,
    next_expiry=next_expiry,
)
