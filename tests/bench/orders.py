"""Orders for benchmarks: files for the product's own import."""

from __future__ import annotations

import csv
from pathlib import Path

HEADER = [
    "reference",
    "icn",
    "customer_name",
    "country",
    "purchase_order",
    "contact_name",
    "contact_email",
    "registered_end_users",
    "line_number",
    "part_number",
    "quantity",
    "expiration_date",
]
KEY_FILE, ONETRUST = "D0G04LL", "D0SP2LL"


def write_orders(path: Path, orders: int, key_file_lines: int = 1, customers: int = 500) -> None:
    """Writes a file of orders, each with so many key-file lines and one line of the token service."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(orders):
            customer = number % customers
            email = f"user{customer}@customer{customer}.example"
            head = [f"B-{number}", f"{2000000 + customer}", f"Customer {customer}", "DE", f"PO-{number}"]
            person = ["Ann Admin", email, f"Ann Admin <{email}>"]
            for line in range(1, key_file_lines + 1):
                writer.writerow([*head, *person, line, KEY_FILE, 5, "31-DEC-2014"])
            writer.writerow([*head, *person, key_file_lines + 1, ONETRUST, 5, f"{1 + number % 28:02d}-JUN-2015"])
