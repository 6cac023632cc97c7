"""The messages of the portal."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from lkc.feed.bounds import ICN_FORM
from lkc.world.fields import Anything, EmailAddress, Flag, Text
from onetrust.myiss.models import Account

LONGEST_PASSWORD = 200


class AccountSchema(Schema):
    """An account."""

    email = EmailAddress(required=True)
    icn = Text(required=True, form=ICN_FORM)
    shows_token = Flag(
        load_default=True,
        metadata={"description": "false for a customer whose token the portal does not know (Q16)"},
    )


class NewAccountSchema(AccountSchema):
    """An account that is to be made."""

    password = Anything(required=True, load_only=True, validate=validate.Length(1, LONGEST_PASSWORD))


class ShownTokenSchema(Schema):
    """The token of a customer number."""

    icn = fields.String()
    token = fields.String()


def account_view(account: Account) -> dict[str, Any]:
    """An account as it is answered, without its password."""
    return {"email": account.email, "icn": account.icn, "shows_token": bool(account.shows_token)}
