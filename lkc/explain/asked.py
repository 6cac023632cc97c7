"""The message that asks why something is as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, validates_schema

from lkc.world.fields import MAX_EMAIL, Anything, EmailAddress, RowNumber

ADDRESS = EmailAddress()


class SubjectSchema(Schema):
    """What is asked about: at least one; several belong together."""

    example: ClassVar[dict[str, Any]] = {"license_id": "L-1"}
    keywords: ClassVar[dict[str, Any]] = {"minProperties": 1}

    email = Anything(metadata={"description": "somebody who wonders", "format": "email", "maxLength": MAX_EMAIL})
    order_number = Anything()
    account_id = Anything()
    license_id = Anything()
    token = Anything()
    installation = Anything(metadata={"description": "id of a product at the customer's site"})
    message_id = RowNumber()

    @validates_schema
    def names_something(self, values: Mapping[str, Any], **_: Any) -> None:
        """An empty question has no answer, and nobody has an address that is none."""
        if not values:
            raise ValidationError(f"Name at least one of: {', '.join(self.fields)}.")
        if "email" in values:
            try:
                ADDRESS.deserialize(values["email"].strip())
            except ValidationError as error:
                raise ValidationError({"email": error.messages}) from error
