"""What the order system declares of itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from lkc.feed import Receiver
from lkc.look.pages import Pages
from lkc.mail.sending import MAIL, SENT
from lkc.ordering.api import RECEIVERS_KEY, blueprint
from lkc.ordering.models import SYSTEM
from lkc.ordering.refusals import STATUSES
from lkc.ordering.submission import HAND_OVER, hand_over_delayed
from lkc.world.faults import FaultKind
from lkc.world.landscape import Route, counted_in
from lkc.world.system import Entrance, System, parts_in

PAGES = Pages("ordering_pages", __name__, views="lkc.ordering.pages", prefix="/ordering", frame="ordering/frame.html")
PAGES.page("/", "orders_page")
PAGES.page("/sign-in", "sign_in_page", "GET", "POST")
PAGES.page("/sign-out", "sign_out_page", "POST")
PAGES.page("/orders/new", "new_order_page", "GET", "POST")
PAGES.page("/orders/<order_number>", "order_page")
PAGES.page("/orders/<order_number>/change", "change_page", "GET", "POST")
PAGES.page("/orders/<order_number>/submit", "submit_page", "POST")
PAGES.page("/orders/<order_number>/notice", "notice_page", "POST")
PAGES.page("/orders/<order_number>/cancel", "cancel_page", "GET", "POST")
PAGES.page("/customers", "customers_page")
PAGES.page("/customers/new", "new_customer_page", "GET", "POST")
PAGES.page("/import", "import_page", "GET", "POST")
PAGES.page("/wos/sign-in", "wos_page", "GET", "POST")


def system(receivers: Sequence[Receiver]) -> System:
    """The order system, which hands its orders to these receivers."""
    feeds = tuple(receiver.system for receiver in receivers)
    return System(
        id=SYSTEM,
        title="Order system",
        summary="The vendor's own: customers, orders, and their submission to the delivery systems.",
        prefix="/ordering",
        state=parts_in("lkc.ordering.state"),
        routes=(
            *map(_order_document, receivers),
            Route(what="mail 1", to=MAIL, kinds=SENT, subject={"sent_by": SYSTEM}),
        ),
        counts=counted_in("lkc.ordering.counting"),
        blueprints=(blueprint, PAGES),
        statuses=STATUSES,
        entrance=Entrance("/ordering/", "Orders (sign in as producer, producer)"),
        faults=(
            FaultKind("feed-lost", needed=frozenset({"to"}), targets=feeds),
            FaultKind("feed-delay", needed=frozenset({"to", "minutes"}), targets=feeds),
        ),
        neighbours={RECEIVERS_KEY: tuple(receivers)},
        actions={HAND_OVER: partial(hand_over_delayed, receivers=receivers)},
    )


def _order_document(receiver: Receiver) -> Route:
    """What goes to a receiver; it says itself what has arrived."""
    return Route(
        what="order document",
        to=receiver.system,
        kinds=("feed-lost", "feed-delayed"),
        subject={"to": receiver.system},
        arrivals=receiver.arrivals,
    )
