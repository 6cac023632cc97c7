"""What an order says on the wire. Dates are text, kept letter by letter; well formed is `31-DEC-2014`."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Person(TypedDict):
    """Somebody with an address."""

    name: str
    email: str


class NewLine(TypedDict):
    """A line as it is ordered.

    `expiration_date` is the end of the service contract (S&S), `license_expiration_date` that of the product; without
    it, or `permanent`, the product has no end.
    """

    part_number: str
    quantity: int
    expiration_date: str
    line_number: NotRequired[int]
    serial_number: NotRequired[str | None]
    start_date: NotRequired[str | None]
    license_expiration_date: NotRequired[str | None]


class Line(TypedDict):
    """A line as it is booked; `delivery` is `key-file` or `onetrust`."""

    line_number: int
    part_number: str
    product: str
    delivery: str
    quantity: int
    serial_number: str | None
    start_date: str | None
    expiration_date: str
    license_expiration_date: str | None


class NewOrder(TypedDict):
    """An order as it is booked."""

    icn: str
    purchase_order: str
    contact: Person
    lines: list[NewLine]
    registered_end_users: NotRequired[list[Person]]
    customer_name: NotRequired[str | None]
    order_date: NotRequired[str | None]


class OrderChange(TypedDict, total=False):
    """What is to be changed on an order."""

    icn: str
    purchase_order: str
    contact: Person
    lines: list[NewLine]
    registered_end_users: list[Person]
    customer_name: str
    order_date: str


class HandedOver(TypedDict):
    """What became of the order document: `status` is `accepted`, `lost`, `delayed` or `rejected`."""

    system: str
    status: str
    reason: str | None


class Notice(TypedDict):
    """The ids of the mails that went out."""

    mail: list[int]


class Submission(Notice):
    """What a submission did."""

    submissions: list[HandedOver]


class Order(TypedDict):
    """An order; the last two are there where it was submitted in the same call."""

    order_number: str
    ocn: str
    status: str
    icn: str
    customer_name: str
    purchase_order: str
    order_date: str | None
    contact: Person
    registered_end_users: list[Person]
    lines: list[Line]
    submissions: NotRequired[list[HandedOver]]
    mail: NotRequired[list[int]]


Cancellation = Order


class RejectedRow(TypedDict):
    """A row that was not taken in; the header is row 1."""

    row: int
    field: str
    reason: str


class Import(TypedDict):
    """What an import did, in orders, and what it did not, in rows."""

    imported: int
    submitted: int
    already_there: int
    refused: int
    rejected_rows: int
    rejected_left_out: int
    rejected: list[RejectedRow]
