"""A world of ten thousand orders, and the pages on which they are seen."""

from __future__ import annotations

import csv
import io

from lkc.app import Landscape
from lkc.world.store import Origin
from tests.builders import ANN, part, with_password
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

ORDERS = 10_000
WORLD = "many"
COLUMNS = (
    "icn",
    "customer_name",
    "country",
    "purchase_order",
    "contact_name",
    "contact_email",
    "registered_end_users",
    "part_number",
    "quantity",
    "expiration_date",
)
PATHS = {
    "/ordering/": "",
    "/ordering/?q=PO-9999": "PO-9999",
    "/ordering/customers": "0012345",
    "/lkc/": "of 10,000",
    "/lkc/?search=PO-9999": "PO-9999",
    "/lkc/?page=400&by=purchase-order&order=up": "of 10,000",
    "/lkc/members": "Account Members",
    "/mail/": ANN,
    "/mail/?q=acme": ANN,
    f"/mail/inbox?of={ANN}": "License keys of order",
    "/mail/all?q=keys": "License keys of order",
    "/mail/empty": "All 20,",
}


def reader_of_many(landscape: Landscape) -> Reader:
    """Makes the world; gives a member of the account on which all the orders are, who is of the vendor's staff too."""
    landscape.store.create(WORLD, Origin())
    wire = Wire(landscape, WORLD)
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for number in range(ORDERS):
        order = ("0012345", "Acme", "DE", f"PO-{number}", "Ann", ANN, f"Ann <{ANN}>")
        table.writerow((*order, part("key-file"), 1, "31-DEC-2014"))
    path = "/ordering/api/v1/orders/import?submit=true&file=many.csv"
    headers = {"Content-Type": "text/csv"}
    report = wire.value(wire.call("POST", path, file.getvalue().encode(), PRODUCER, headers=headers))
    assert (report["imported"], report["submitted"]) == (ORDERS, ORDERS)
    _, password = with_password(wire)
    reader = Reader(landscape, WORLD)
    reader.open("/ordering/sign-in").submit("Sign in", {"name": PRODUCER[0], "password": PRODUCER[1]})
    return reader.open("/lkc/login").submit("Log in", {"email": ANN, "password": password})
