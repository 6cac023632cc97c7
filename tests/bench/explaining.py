"""How long it takes to explain by address what is wrong for somebody with many orders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lkc.app import Landscape
from lkc.config import Settings
from lkc.world.nested import Call, call
from lkc.world.store import Origin
from tests.bench.measure import Figure, median
from tests.bench.orders import KEY_FILE, ONETRUST
from tests.bench.servers import STAFF

ORDERS, CUSTOMERS, BOUND = 120, 6, 100
WORLD, EMAIL = "explain", "ann@acme.example"


def explaining(folder: Path) -> list[Figure]:
    """One question by address through the whole HTTP face; some orders are well, some have each a trouble."""
    landscape = Landscape(Settings(data_dir=folder / "explain", ephemeral=True))
    landscape.store.create(WORLD, Origin())
    _order(landscape)
    taken = median(lambda: _said(landscape, "POST", "/_sim/explain", {"email": EMAIL}), 20) * 1000
    least = median(lambda: call(landscape, Call(world=WORLD, method="GET", path="/_sim/clock")), 200) * 1000
    landscape.close()
    return [
        Figure(
            f"explain by address, {ORDERS} orders",
            f"{taken:.0f} ms",
            f"{least:.2f} ms (one call that reads the clock)",
            f"{taken / least:.0f}",
            f"<= {BOUND} ms",
            taken <= BOUND,
        )
    ]


def _order(landscape: Landscape) -> None:
    """Orders of one person under a few customer numbers: some badly dated, empty, changed, or not submitted."""
    for number in range(CUSTOMERS):
        _said(
            landscape,
            "POST",
            "/ordering/api/v1/customers",
            {"icn": f"{7000000 + number}", "name": f"Acme {number}", "country": "DE"},
        )
    for number in range(ORDERS):
        ann = {"name": "Ann", "email": EMAIL}
        end = "31/12/2014" if number % 5 == 0 else "31-DEC-2014"
        body = {
            "icn": f"{7000000 + number % CUSTOMERS}",
            "purchase_order": f"PO-{number}",
            "contact": ann,
            "registered_end_users": [ann],
            "lines": [
                {"part_number": KEY_FILE, "quantity": 0 if number % 11 == 0 else 5, "expiration_date": end},
                {"part_number": ONETRUST, "quantity": 5, "expiration_date": f"{1 + number % 28:02d}-JUN-2015"},
            ],
        }
        order = f"/ordering/api/v1/orders/{_said(landscape, 'POST', '/ordering/api/v1/orders', body)['order_number']}"
        if number % 17:
            _said(landscape, "POST", f"{order}/submit", {})
        if number % 10 == 3:
            _said(landscape, "PATCH", order, {"purchase_order": "PO-X"})


def _said(landscape: Landscape, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What a call of the vendor's staff is answered. Raises RuntimeError for a refusal."""
    headers = {"Content-Type": "application/json", **STAFF}
    reply = call(
        landscape, Call(world=WORLD, method=method, path=path, headers=headers, body=json.dumps(body).encode())
    )
    if reply.status >= 400:
        raise RuntimeError(reply.body.decode())
    answer: dict[str, Any] = json.loads(reply.body)
    return answer
