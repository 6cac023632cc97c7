"""Brings the order system into line with a CSV file from elsewhere, as a job of every night would.

    .venv/bin/lkc exec --from empty -- .venv/bin/python examples/nightly_order_sync.py examples/orders.csv

Each row of the file is a line of an order; rows with the same customer number and purchase order belong together. What
is not there is booked and submitted, what differs is changed and submitted again, and the rest is left alone: running
it twice changes nothing.
"""

from __future__ import annotations

import csv
import sys
from itertools import groupby
from pathlib import Path

from lkc.client import Client, Refused
from lkc.client.order_messages import NewLine, NewOrder, Order

Row = dict[str, str]


def main(path: Path) -> int:
    """Exit code 1 where an order could not be brought into line."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=_key)
    failed = 0
    with Client.from_environment() as client:
        for key, lines in groupby(rows, _key):
            try:
                print(*key, sync(client, list(lines)))
            except Refused as refusal:
                failed += 1
                print(*key, f"refused, {refusal}. What helps: {refusal.remedy}", file=sys.stderr)
    return 1 if failed else 0


def sync(client: Client, rows: list[Row]) -> str:
    """Brings one order into line, and says what that took."""
    wanted = _order(rows)
    found = client.orders.list(icn=wanted["icn"], purchase_order=wanted["purchase_order"])
    if found:
        [order] = found
        if _same(order, wanted):
            return f"{order['order_number']} unchanged"
        client.orders.change(order["order_number"], submit=True, contact=wanted["contact"], lines=wanted["lines"])
        return f"{order['order_number']} changed"
    _know_customer(client, rows[0])
    return f"{client.orders.create(submit=True, **wanted)['order_number']} booked"


def _know_customer(client: Client, row: Row) -> None:
    try:
        client.customers.get(row["icn"])
    except Refused as refusal:
        if refusal.status != 404:
            raise
        client.customers.create(icn=row["icn"], name=row["customer_name"], country=row["country"])


def _order(rows: list[Row]) -> NewOrder:
    contact = {"name": rows[0]["contact_name"], "email": rows[0]["contact_email"]}
    lines: list[NewLine] = [
        {
            "part_number": row["part_number"],
            "quantity": int(row["quantity"]),
            "expiration_date": row["expiration_date"],
        }
        for row in rows
    ]
    return {
        "icn": rows[0]["icn"],
        "purchase_order": rows[0]["purchase_order"],
        "contact": {"name": contact["name"], "email": contact["email"]},
        "registered_end_users": [{"name": contact["name"], "email": contact["email"]}],
        "lines": lines,
    }


def _same(order: Order, wanted: NewOrder) -> bool:
    there = [(line["part_number"], line["quantity"], line["expiration_date"]) for line in order["lines"]]
    given = [(line["part_number"], line["quantity"], line["expiration_date"]) for line in wanted["lines"]]
    return there == given and order["contact"] == wanted["contact"]


def _key(row: Row) -> tuple[str, str]:
    return row["icn"], row["purchase_order"]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
