"""The messages of the key center's interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from marshmallow import Schema, ValidationError, fields, post_load, validate

from lkc.feed import KEY_FILE, ONETRUST, PERMANENT, OrderDocument, document_from
from lkc.keycenter.files.grant import Format
from lkc.keycenter.models import LicenseStatus, Member, ReceivedOrder, Role
from lkc.keycenter.visibility import LICENSE_COLUMNS
from lkc.world.fields import Count, EmailAddress, Text

MAX_PAGE = 500
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 200
MAX_QUANTITY, MAX_LINE_NUMBER, MAX_LINES, MAX_END_USERS = 10_000_000, 1_000_000, 500, 200
LONGEST_DATE = 40

LICENSE_FIELDS = tuple(column.key for column in LICENSE_COLUMNS)


class AddressSchema(Schema):
    """An e-mail address."""

    email = EmailAddress(required=True)


class NewPasswordSchema(Schema):
    """A password, and the token of the link that allows to set it."""

    token = fields.String(required=True)
    password = fields.String(required=True, validate=validate.Length(SHORTEST_PASSWORD, LONGEST_PASSWORD))


class SignInSchema(Schema):
    """E-mail address and password of a member."""

    email = fields.String(required=True)
    password = fields.String(required=True)


class SignedInSchema(Schema):
    """A session of a member."""

    token = fields.String(metadata={"description": "send it as `Authorization: Bearer ...`"})
    email = fields.String()
    expires_at = fields.String(metadata={"description": "by the world's clock"})


class JoinSchema(Schema):
    """What one gives to join an account."""

    account_id = Text(required=True)
    sales_order_number = Text(required=True)
    email = EmailAddress(required=True)
    name = Text(required=True)


class AccountSchema(Schema):
    """An account of the caller."""

    account_id = fields.String()
    name = fields.String()
    icn = fields.String()
    role = fields.Enum(Role, by_value=True, allow_none=True)


class MemberSchema(Schema):
    """A member of an account."""

    name = Text(required=True)
    email = EmailAddress(required=True)
    role = fields.Enum(Role, by_value=True, load_default=Role.MEMBER)


class JoinedSchema(MemberSchema):
    """A member of an account, and which."""

    account_id = fields.String()


class MemberChangeSchema(Schema):
    """What is to be changed on a member."""

    name = Text()
    role = fields.Enum(Role, by_value=True)


class PageSchema(Schema):
    """Which page of a list."""

    limit = fields.Integer(load_default=100, validate=validate.Range(1, MAX_PAGE))
    after = fields.String()


class OneTrustItemSchema(Schema):
    """A line that the token service delivers; it cannot be generated."""

    product = fields.String()
    quantity = fields.Integer()


class OrderSchema(Schema):
    """An order of the caller."""

    order_number = fields.String(metadata={"description": "the Sales Order Number"})
    account_id = fields.String()
    purchase_order = fields.String()
    order_date = fields.String()
    onetrust = fields.List(fields.Nested(OneTrustItemSchema))


class LicenseSchema(Schema):
    """A license."""

    license_id = fields.String()
    order_number = fields.String()
    line_number = fields.Integer()
    account_id = fields.String()
    part_number = fields.String()
    product = fields.String()
    quantity = fields.Integer()
    serial_number = fields.String(allow_none=True)
    start_date = fields.String(allow_none=True)
    expiration_date = fields.String(metadata={"description": "end of the service contract (S&S)"})
    license_expiration_date = fields.String(metadata={"description": "end of the product, or `permanent`"})
    status = fields.Enum(LicenseStatus, by_value=True)


class GenerateSchema(Schema):
    """How to generate."""

    host_id = fields.String(allow_none=True, load_default=None)
    format = fields.Enum(Format, by_value=True, load_default=Format.ISSLICENSE)


class GeneratedSchema(Schema):
    """A generated license file."""

    key_id = fields.Integer()
    file_name = fields.String()
    format = fields.Enum(Format, by_value=True)
    sha256 = fields.String()
    href = fields.String()


class FileSchema(Schema):
    """Which file of a license."""

    format = fields.Enum(Format, by_value=True, load_default=Format.ISSLICENSE)


class DocumentPersonSchema(Schema):
    """Somebody in an order document."""

    name = Text(required=True)
    email = EmailAddress(required=True)


class DocumentLineSchema(Schema):
    """A line of an order document."""

    line_number = Count(1, MAX_LINE_NUMBER, required=True)
    part_number = Text(required=True)
    product = Text(required=True)
    delivery = fields.String(required=True, validate=validate.OneOf([KEY_FILE, ONETRUST]))
    quantity = Count(0, MAX_QUANTITY, required=True)
    serial_number = Text(allow_none=True, load_default=None)
    start_date = Text(allow_none=True, load_default=None, longest=LONGEST_DATE, shortest=0)
    expiration_date = Text(required=True, longest=LONGEST_DATE, shortest=0)
    license_expiration_date = Text(load_default=PERMANENT, longest=LONGEST_DATE, shortest=0)


class DocumentSchema(Schema):
    """An order document, as an order system hands it over."""

    order_number = Text(required=True, longest=40)
    ocn = Text(load_default="", shortest=0)
    icn = Text(required=True, longest=12)
    customer_name = Text(required=True)
    purchase_order = Text(load_default="", shortest=0)
    order_date = Text(load_default="", shortest=0, longest=LONGEST_DATE)
    contact = fields.Nested(DocumentPersonSchema, required=True)
    registered_end_users = fields.List(
        fields.Nested(DocumentPersonSchema), load_default=list, validate=validate.Length(max=MAX_END_USERS)
    )
    lines = fields.List(fields.Nested(DocumentLineSchema), required=True, validate=validate.Length(1, MAX_LINES))
    cancelled = fields.Boolean(load_default=False)

    @post_load
    def to_document(self, values: dict[str, Any], **_: Any) -> OrderDocument:
        """The document itself; a line number may come only once."""
        numbers = [line["line_number"] for line in values["lines"]]
        if len(set(numbers)) < len(numbers):
            raise ValidationError("A line number comes twice.", "lines")
        return document_from(values)


class ReceiptSchema(Schema):
    """What the key center says to an order document."""

    status = fields.String(validate=validate.OneOf(["accepted", "rejected"]))
    reason = fields.String(allow_none=True)
    mail = fields.List(fields.Integer())


def license_view(row: Sequence[Any]) -> dict[str, Any]:
    """A license as it is answered."""
    return dict(zip(LICENSE_FIELDS, row, strict=True))


def order_view(order: ReceivedOrder) -> dict[str, Any]:
    """An order as it is answered."""
    return {
        "order_number": order.order_number,
        "account_id": order.account_id,
        "purchase_order": order.purchase_order,
        "order_date": order.order_date,
        "onetrust": orjson.loads(order.onetrust_items),
    }


def member_view(member: Member) -> dict[str, Any]:
    """A member as it is answered."""
    return {"name": member.name, "email": member.email, "role": member.role}
