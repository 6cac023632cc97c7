"""The order document as JSON, for order systems that are not ours."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from lkc.feed.bounds import (
    ICN_FORM,
    LONGEST_DATE,
    LONGEST_PART_NUMBER,
    LONGEST_PURCHASE_ORDER,
    LONGEST_SERIAL_NUMBER,
    MAX_END_USERS,
    MAX_LINE_NUMBER,
    MAX_LINES,
    MAX_QUANTITY,
    MAX_SUBMISSION,
    ORDER_NUMBER_FORM,
)
from lkc.feed.dates import PERMANENT
from lkc.feed.documents import KEY_FILE, ONETRUST, OrderDocument, document_from
from lkc.world.fields import Count, EmailAddress, Flag, Many, Nested, Text


class DocumentPersonSchema(Schema):
    """Somebody in an order document."""

    name = Text(required=True)
    email = EmailAddress(required=True)


class DocumentLineSchema(Schema):
    """A line of an order document."""

    line_number = Count(1, MAX_LINE_NUMBER, required=True)
    part_number = Text(required=True, longest=LONGEST_PART_NUMBER)
    product = Text(required=True)
    delivery = fields.String(required=True, validate=validate.OneOf([KEY_FILE, ONETRUST]))
    quantity = Count(0, MAX_QUANTITY, required=True)
    serial_number = Text(allow_none=True, load_default=None, longest=LONGEST_SERIAL_NUMBER)
    start_date = Text(allow_none=True, load_default=None, longest=LONGEST_DATE, shortest=0)
    expiration_date = Text(required=True, longest=LONGEST_DATE, shortest=0)
    license_expiration_date = Text(load_default=PERMANENT, longest=LONGEST_DATE, shortest=0)


class DocumentSchema(Schema):
    """An order document, as an order system hands it over."""

    order_number = Text(required=True, form=ORDER_NUMBER_FORM)
    ocn = Text(load_default="", shortest=0)
    icn = Text(required=True, form=ICN_FORM)
    customer_name = Text(required=True)
    purchase_order = Text(load_default="", shortest=0, longest=LONGEST_PURCHASE_ORDER)
    order_date = Text(load_default="", shortest=0, longest=LONGEST_DATE)
    contact = fields.Nested(DocumentPersonSchema, required=True)
    registered_end_users = Many(Nested(DocumentPersonSchema), 0, MAX_END_USERS, load_default=list)
    lines = Many(Nested(DocumentLineSchema), 1, MAX_LINES, required=True)
    cancelled = Flag(load_default=False)
    submission = Count(
        1,
        MAX_SUBMISSION,
        load_default=0,
        metadata={
            "description": "rises with each submission of the order; without it the document is the newest",
            "example": 1,
        },
    )

    @post_load
    def to_document(self, values: dict[str, Any], **_: Any) -> OrderDocument:
        """The document itself; a line number may come only once, and a cancelled order has no quantities."""
        numbers = [line["line_number"] for line in values["lines"]]
        if len(set(numbers)) < len(numbers):
            raise ValidationError("A line number comes twice.", "lines")
        if values["cancelled"]:
            wrong = [place for place, line in enumerate(values["lines"]) if line["quantity"]]
            if wrong:
                mistake = {"quantity": ["Must be 0, for the order is cancelled."]}
                raise ValidationError({"lines": dict.fromkeys(wrong, mistake)})
        return document_from(values)


class ReceiptSchema(Schema):
    """What a delivery system says to an order document."""

    status = fields.String(validate=validate.OneOf(["accepted", "rejected"]))
    reason = fields.String(allow_none=True)
    mail = fields.List(fields.Integer())
