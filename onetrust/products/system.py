"""What the products at the customer's site declare of themselves."""

from __future__ import annotations

from lkc.world.system import Entrance, System, parts_in
from onetrust.products.api import blueprint
from onetrust.products.models import SYSTEM as SYSTEM_ID
from onetrust.products.refusals import STATUSES

SYSTEM = System(
    id=SYSTEM_ID,
    title="Products",
    summary="What stands at the customer's site: it reads license files and retrieves entitlements when prompted.",
    prefix="/products",
    state=parts_in("onetrust.products.state"),
    blueprints=(blueprint,),
    entrance=Entrance("/products/api/v1/installations", "Installations"),
    statuses=STATUSES,
)
