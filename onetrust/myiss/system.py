"""What the portal declares of itself."""

from __future__ import annotations

from lkc.look.pages import Pages
from lkc.world.landscape import PEOPLE, Route, counted_in
from lkc.world.system import Entrance, System, parts_in
from onetrust.myiss.accounts import SYSTEM as SYSTEM_ID
from onetrust.myiss.api import TOKEN_SOURCE_KEY, blueprint
from onetrust.myiss.refusals import STATUSES
from onetrust.myiss.token_view import TokenSource

PAGES = Pages("myiss_pages", __name__, views="onetrust.myiss.pages", prefix="/myiss", frame="myiss/frame.html")
PAGES.page("/", "token_page")
PAGES.page("/sign-in", "sign_in_page", "GET", "POST")
PAGES.page("/sign-out", "sign_out_page", "POST")


def system(ask: TokenSource) -> System:
    """The portal, which asks the token service in this way."""
    return System(
        id=SYSTEM_ID,
        title="MyISS",
        summary="The portal in which many customers find their token.",
        prefix="/myiss",
        state=parts_in("onetrust.myiss.state"),
        routes=(
            Route(what="token", start="onetrust", to=SYSTEM_ID, kinds=("token-issued",)),
            Route(what="token", to=PEOPLE),
        ),
        counts=counted_in("onetrust.myiss.counting"),
        blueprints=(blueprint, PAGES),
        statuses=STATUSES,
        entrance=Entrance("/myiss/", "Sign in and see the token"),
        neighbours={TOKEN_SOURCE_KEY: ask},
    )
