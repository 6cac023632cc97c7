"""What the products at the customer's site declare of themselves."""

from __future__ import annotations

from lkc.look.pages import Pages
from lkc.world.landscape import PEOPLE, Route, counted_in
from lkc.world.system import Entrance, System, parts_in
from onetrust.products.api import blueprint
from onetrust.products.models import SYSTEM as SYSTEM_ID
from onetrust.products.refusals import STATUSES

PAGES = Pages(
    "products_pages", __name__, views="onetrust.products.pages", prefix="/products", frame="products/frame.html"
)
PAGES.page("/", "site_page")
PAGES.page("/install", "install_page", "GET", "POST")
PAGES.page("/<installation_id>", "console_page")
PAGES.page("/<installation_id>/instructions", "instructions_page")
for _deed in ("retrieve", "restart", "update", "network"):
    PAGES.page(f"/<installation_id>/{_deed}", f"{_deed}_page", "POST")
PAGES.page("/<installation_id>/tokens", "enter_token_page", "POST")
PAGES.page("/<installation_id>/tokens/<token>/remove", "remove_token_page", "POST")
PAGES.page("/<installation_id>/files", "apply_file_page", "POST")
PAGES.page("/<installation_id>/files/remove", "remove_files_page", "POST")
PAGES.page("/<installation_id>/files/<int(max=9223372036854775807):key_id>/remove", "remove_file_page", "POST")
PAGES.page("/<installation_id>/agents", "add_agent_page", "POST")
PAGES.page("/<installation_id>/agents/remove", "remove_agent_page", "POST")

SYSTEM = System(
    id=SYSTEM_ID,
    title="Products",
    summary="What stands at the customer's site: it reads license files and retrieves entitlements when prompted.",
    prefix="/products",
    state=parts_in("onetrust.products.state"),
    routes=(
        Route(what="file or token", start=PEOPLE, to=SYSTEM_ID, kinds=("license-applied", "token-entered")),
        Route(what="retrieval", to="onetrust", kinds=("entitlements-retrieved", "retrieval-failed")),
    ),
    counts=counted_in("onetrust.products.counting"),
    blueprints=(blueprint, PAGES),
    entrance=Entrance("/products/", "What stands at the customer's site"),
    statuses=STATUSES,
)
