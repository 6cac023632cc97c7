"""The messages of the key center's interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from marshmallow import Schema, fields, validate

from lkc.keycenter.files.grant import HOST_ID_FORM, Format
from lkc.keycenter.models import LicenseStatus, Member, ReceivedOrder, Role
from lkc.keycenter.visibility import LICENSE_COLUMNS, SeenAccount
from lkc.world.fields import Anything, EmailAddress, RowNumber, Text

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 200

LICENSE_FIELDS = tuple(column.key for column in LICENSE_COLUMNS)

# Abridged: what a product takes is longer, and sealed to the last byte.
ISSLICENSE_EXAMPLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<isslicense format="1" simulated="true">
  <key-id>41649</key-id>
  <product>IBM Security SiteProtector</product>
  <quantity>5</quantity>
  <service-end>2014-12-31</service-end>
  <license-end>permanent</license-end>
  <signature kid="0f42f53005398797" algorithm="Ed25519">b356f386...</signature>
</isslicense>
"""
FLEXNET_EXAMPLE = """\
SERVER this_host ANY
VENDOR lkcsim
INCREMENT IBM_SECURITY_SITEPROTECTOR lkcsim 2014.1231 permanent 5 SIGN="SIMULATED"
"""


class AddressSchema(Schema):
    """An e-mail address."""

    email = EmailAddress(required=True)


class FinderAnswerSchema(Schema):
    """What everybody is told who asks for a new password."""

    status = fields.String(metadata={"example": "If this address is a registered end user's, a mail is on its way."})


class NewPasswordSchema(Schema):
    """A password, and the token of the link that allows to set it."""

    token = Anything(required=True)
    password = Anything(required=True, validate=validate.Length(SHORTEST_PASSWORD, LONGEST_PASSWORD))


class SignInSchema(Schema):
    """E-mail address and password of a member."""

    email = Anything(required=True)
    password = Anything(required=True)


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
    role = fields.Enum(Role, by_value=True, metadata={"example": Role.ADMINISTRATOR.value})


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

    host_id = Anything(allow_none=True, load_default=None, metadata={"pattern": HOST_ID_FORM})
    format = fields.Enum(
        Format, by_value=True, load_default=Format.ISSLICENSE, metadata={"example": Format.ISSLICENSE.value}
    )


class GeneratedSchema(Schema):
    """A generated license file."""

    key_id = fields.Integer()
    file_name = fields.String()
    format = fields.Enum(Format, by_value=True)
    sha256 = fields.String()
    href = fields.String()


class FileSchema(Schema):
    """Which file of a license."""

    key_id = RowNumber(metadata={"description": "of a key that was generated for what the license says now"})
    format = fields.Enum(Format, by_value=True, load_default=Format.ISSLICENSE)


def account_view(seen: SeenAccount) -> dict[str, Any]:
    """An account as it is answered."""
    account = seen.account
    return {"account_id": account.account_id, "name": account.name, "icn": account.icn, "role": seen.role}


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
