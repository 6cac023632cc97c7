"""The messages of the order system's interface."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields, validate

from lkc.feed import Person
from lkc.feed.bounds import (
    ICN_FORM,
    LONGEST_DATE,
    LONGEST_ICN,
    LONGEST_PART_NUMBER,
    LONGEST_PURCHASE_ORDER,
    LONGEST_SERIAL_NUMBER,
    MAX_END_USERS,
    MAX_LINE_NUMBER,
    MAX_LINES,
    MAX_QUANTITY,
)
from lkc.ordering.models import BookedOrder, Status
from lkc.ordering.submission import Submission
from lkc.world.fields import Anything, Count, EmailAddress, Many, Nested, Text
from lkc.world.paging import PageSchema
from lkc.world.quick import QuickSchema

LONGEST_FILE_NAME = 255

_DATE_NOTE = "text, kept letter by letter; well formed is DD-MMM-YYYY"


def _icn() -> Text:
    return Text(
        required=True,
        longest=LONGEST_ICN,
        metadata={"description": "IBM customer number: digits, leading zeros count", "example": "0012345"},
    )


def _date(**options: Any) -> Text:
    return Text(longest=LONGEST_DATE, shortest=0, metadata={"description": _DATE_NOTE}, **options)


class CustomerSchema(QuickSchema):
    """A customer."""

    icn = Text(
        required=True,
        form=ICN_FORM,
        metadata={"description": "IBM customer number; leading zeros count", "example": "0012345"},
    )
    name = Text(required=True)
    country = Text(
        required=True,
        form=(r"[A-Z]{2}", "must be two capital letters (ISO 3166)"),
        metadata={"example": "DE"},
    )


class NewcomerSchema(CustomerSchema):
    """A customer who comes with the first order that names him."""

    name = Text(required=True, data_key="customer_name")


class PersonSchema(QuickSchema):
    """Somebody with an address."""

    name = Text(required=True)
    email = EmailAddress(required=True)


class LineSchema(QuickSchema):
    """A line as it is ordered."""

    line_number = Count(1, MAX_LINE_NUMBER)
    part_number = Text(required=True, longest=LONGEST_PART_NUMBER)
    quantity = Count(0, MAX_QUANTITY, required=True)
    serial_number = Text(allow_none=True, longest=LONGEST_SERIAL_NUMBER)
    start_date = _date(allow_none=True)
    expiration_date = _date(required=True)
    license_expiration_date = _date(allow_none=True)


class OrderSchema(QuickSchema):
    """An order as it is booked."""

    icn = _icn()
    customer_name = Text(allow_none=True)
    purchase_order = Text(required=True, longest=LONGEST_PURCHASE_ORDER)
    contact = Nested(PersonSchema, required=True)
    registered_end_users = Many(Nested(PersonSchema), 0, MAX_END_USERS, load_default=list)
    order_date = _date(allow_none=True)
    lines = Many(Nested(LineSchema), 1, MAX_LINES, required=True)


class OrderChangeSchema(Schema):
    """What is to be changed on an order; lists replace."""

    icn = Text(longest=LONGEST_ICN)
    customer_name = Text()
    purchase_order = Text(longest=LONGEST_PURCHASE_ORDER, metadata={"example": "PO-4711-B"})
    contact = Nested(PersonSchema)
    registered_end_users = Many(Nested(PersonSchema), 0, MAX_END_USERS)
    order_date = _date()
    lines = Many(Nested(LineSchema), 1, MAX_LINES)


class OrderSearchSchema(PageSchema):
    """Which orders to list."""

    icn = Anything()
    purchase_order = Anything()
    status = fields.Enum(Status, by_value=True)
    after = Anything(metadata={"description": "number of the last order of the page before"})


class AtOnceSchema(Schema):
    """Whether to submit in the same call."""

    submit = fields.Boolean(load_default=False, metadata={"description": "submit the order in the same call"})


class ImportSchema(Schema):
    """How to import."""

    submit = fields.Boolean(load_default=False, metadata={"description": "submit each order after booking it"})
    file = Text(
        longest=LONGEST_FILE_NAME,
        metadata={
            "description": "name of the file, under which its orders are recognised when it is imported again; "
            "without it, that of all files without one"
        },
    )
    first_row = fields.Integer(
        load_default=1,
        validate=validate.Range(1, 1_000_000_000),
        metadata={"description": "the row of the whole file in which this body's header (CSV) or first order stands"},
    )


class SignInSchema(Schema):
    """OCN and password."""

    ocn = Anything(required=True)
    password = Anything(required=True)


class SignedInSchema(Schema):
    """Whose OCN it was."""

    ocn = fields.String()
    order_number = fields.String()


class ProductSchema(Schema):
    """A product of the catalogue."""

    part_number = fields.String()
    product = fields.String()
    delivery = fields.String(validate=validate.OneOf(["key-file", "onetrust"]))


class LineAnswerSchema(LineSchema):
    """A line of an order."""

    product = fields.String()
    delivery = fields.String()


class OrderAnswerSchema(OrderSchema):
    """An order."""

    order_number = fields.String()
    ocn = fields.String()
    status = fields.Enum(Status, by_value=True)
    lines = Many(Nested(LineAnswerSchema), 1, MAX_LINES)


class HandedOverSchema(Schema):
    """What became of the order document on its way to one system."""

    system = fields.String()
    status = fields.String(validate=validate.OneOf(["accepted", "lost", "delayed", "rejected"]))
    reason = fields.String(allow_none=True)


class SubmissionSchema(Schema):
    """What a submission did."""

    submissions = fields.List(fields.Nested(HandedOverSchema))
    mail = fields.List(fields.Integer(), metadata={"description": "ids of the mails that went out"})


class CancellationSchema(OrderAnswerSchema):
    """A cancelled order, and to whom that was told."""

    submissions = fields.List(fields.Nested(HandedOverSchema))


class OrderDoneSchema(CancellationSchema):
    """An order that was booked or changed and, where that was asked for, what its submission did."""

    submissions = fields.List(fields.Nested(HandedOverSchema), metadata={"sometimes": True})
    mail = fields.List(fields.Integer(), metadata={"description": "ids of the mails that went out", "sometimes": True})


class RejectedRowSchema(Schema):
    """A row of an import that was not taken in."""

    row = fields.Integer(metadata={"description": "as a spreadsheet counts: the header is row 1"})
    field = fields.String()
    reason = fields.String(metadata={"example": "must be 4 to 12 digits"})


class ImportReportSchema(Schema):
    """What an import did."""

    imported = fields.Integer(metadata={"description": "orders booked"})
    submitted = fields.Integer()
    already_there = fields.Integer(
        metadata={"description": "orders of this file that an earlier run had booked with the same content"}
    )
    refused = fields.Integer(metadata={"description": "orders that were not taken in"})
    rejected_rows = fields.Integer(metadata={"description": "rows of these orders"})
    rejected_left_out = fields.Integer(metadata={"description": "mistakes that `rejected` has no room for"})
    rejected = fields.List(fields.Nested(RejectedRowSchema))


def order_view(booked: BookedOrder) -> dict[str, Any]:
    """An order as it is answered."""
    order = booked.document
    return {
        "order_number": order.order_number,
        "ocn": order.ocn,
        "status": booked.status.value,
        "icn": order.icn,
        "customer_name": order.customer_name,
        "purchase_order": order.purchase_order,
        "order_date": order.order_date,
        "contact": _person_view(order.contact),
        "registered_end_users": [_person_view(person) for person in order.registered_end_users],
        "lines": [
            {
                "line_number": line.line_number,
                "part_number": line.part_number,
                "product": line.product,
                "delivery": line.delivery,
                "quantity": line.quantity,
                "serial_number": line.serial_number,
                "start_date": line.start_date,
                "expiration_date": line.expiration_date,
                "license_expiration_date": line.license_expiration_date,
            }
            for line in order.lines
        ],
    }


def _person_view(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email}


def submission_view(done: Submission) -> dict[str, Any]:
    """What a submission did, as it is answered."""
    return {"submissions": [asdict(outcome) for outcome in done.handed_over], "mail": done.mail}
