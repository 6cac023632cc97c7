"""The messages of the token service."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from lkc.feed.bounds import ICN_FORM, LONGEST_SERIAL_NUMBER
from lkc.world.fields import Text
from onetrust.tokens.models import Token


class TokenSchema(Schema):
    """The token of a customer number."""

    token = Text(
        form=(r"[0-9]{4,20}", "must be 4 to 20 digits"),
        allow_none=True,
        load_default=None,
        metadata={"description": "without it the customer number gets the next one"},
    )
    icn = Text(required=True, form=ICN_FORM)
    serial_number = Text(allow_none=True, load_default=None, longest=LONGEST_SERIAL_NUMBER)


class EntitlementSchema(Schema):
    """What a product may retrieve."""

    product = fields.String()
    quantity = fields.Integer()
    expiration_date = fields.String(metadata={"description": "ISO date: the end of the service contract (S&S)"})


class RetrievalSchema(Schema):
    """What a product gets."""

    token = fields.String()
    serial_number = fields.String(
        metadata={"description": "where it was asked for by serial number", "sometimes": True}
    )
    retrieved_at = fields.String()
    entitlements = fields.List(fields.Nested(EntitlementSchema))
    signature = fields.String(
        metadata={"description": "JSON Web Signature (EdDSA) over token, retrieved_at and entitlements"}
    )


def token_view(token: Token) -> dict[str, Any]:
    """A token as it is answered."""
    return {"token": token.token, "icn": token.icn, "serial_number": token.serial_number}
