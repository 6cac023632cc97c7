"""An order as client tests book it."""

from __future__ import annotations

from lkc.client import Client
from lkc.client.order_messages import NewLine, NewOrder, Order
from tests.builders import ANN, ICN, PASSWORD, part, person


def line(delivery: str = "key-file", expiration_date: str = "31-DEC-2014") -> NewLine:
    return {"part_number": part(delivery), "quantity": 5, "expiration_date": expiration_date}


def new_order(*lines: NewLine) -> NewOrder:
    return {
        "icn": ICN,
        "purchase_order": "PO-1",
        "contact": {"name": "Ann", "email": ANN},
        "registered_end_users": [{"name": person()["name"], "email": ANN}],
        "lines": list(lines) or [line()],
    }


def submitted(client: Client, *lines: NewLine) -> Order:
    client.customers.create(icn=ICN, name="Acme Holding")
    return client.orders.create(submit=True, **new_order(*lines))


def ann(client: Client) -> Client:
    return client.as_member(*client.password.set_by_mail(ANN, PASSWORD))
