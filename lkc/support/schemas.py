"""The messages of the support desk."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from lkc.feed.bounds import ICN_FORM, LONGEST_DATE, MAX_QUANTITY
from lkc.support.models import HELPFUL, Level, Note, Queue, Registration, ServiceRequest, Status
from lkc.world.fields import Anything, Count, EmailAddress, RowNumber, Text
from lkc.world.paging import PageSchema

LONGEST_PASSWORD, LONGEST_TEXT = 200, 10_000
DEFAULT_SEVERITY = 3

_SEVERITY = "1 critical, 2 significant, 3 some, 4 minimal business impact"
_SPEEDS_UP = {"description": "speeds the investigation up (Q4)"}


class IbmIdSchema(Schema):
    """An IBM ID."""

    email = EmailAddress(required=True)
    password = Anything(required=True, load_only=True, validate=validate.Length(1, LONGEST_PASSWORD))


class RegistrationSchema(Schema):
    """Who may open requests for which customer number."""

    registration_id = fields.Integer(dump_only=True)
    email = EmailAddress(required=True)
    icn = Text(required=True, form=ICN_FORM)
    level = fields.Enum(Level, by_value=True, required=True)


class RegistrationPageSchema(PageSchema):
    """Which page of the registrations."""

    after = RowNumber(metadata={"description": "id of the last registration of the page before", "example": 17})


class DetailsSchema(Schema):
    """What helps an investigation."""

    ocn = Text(longest=40, allow_none=True, metadata=_SPEEDS_UP)
    purchase_order = Text(longest=80, allow_none=True, metadata=_SPEEDS_UP)
    customer_name = Text(allow_none=True, metadata=_SPEEDS_UP)
    contact_name = Text(allow_none=True, metadata=_SPEEDS_UP)
    order_date = Text(longest=LONGEST_DATE, allow_none=True, metadata=_SPEEDS_UP)
    expiration_date = Text(longest=LONGEST_DATE, allow_none=True, metadata=_SPEEDS_UP)
    product = Text(allow_none=True, metadata=_SPEEDS_UP)
    quantity = Count(0, MAX_QUANTITY, allow_none=True, metadata=_SPEEDS_UP)


class ServiceRequestSchema(DetailsSchema):
    """A service request as it is opened."""

    summary = Text(
        required=True,
        metadata={"description": 'names "licensing for IBM Security products" where the licensing team is to have it'},
    )
    description = Anything(longest=LONGEST_TEXT)
    severity = Count(1, 4, metadata={"description": _SEVERITY})
    icn = Text(
        shortest=0,
        allow_none=True,
        form=(rf" *|{ICN_FORM[0]}", ICN_FORM[1]),
        metadata={"description": "without it the request is refused (`icn-missing`)"},
    )


class ServiceRequestChangeSchema(DetailsSchema):
    """What is to be changed on a service request."""

    status = fields.Enum(Status, by_value=True, metadata={"example": Status.CLOSED.value})
    queue = fields.Enum(Queue, by_value=True, metadata={"description": "for the vendor's staff"})
    severity = Count(1, 4, metadata={"description": _SEVERITY})
    description = Anything(longest=LONGEST_TEXT)


class ServiceRequestSearchSchema(PageSchema):
    """Which service requests to list."""

    icn = Anything()
    queue = fields.Enum(Queue, by_value=True)
    status = fields.Enum(Status, by_value=True)
    after = Anything(metadata={"description": "pmr_number of the last request of the page before"})


class NewNoteSchema(Schema):
    """A note that is to be written."""

    text = Anything(
        required=True,
        longest=LONGEST_TEXT,
        validate=validate.Regexp(r"\s*\S", error="Must not be empty."),
    )


class NoteSchema(Schema):
    """A note on a service request."""

    author = fields.String(metadata={"example": "ann@acme.example"})
    written_at = fields.String()
    text = fields.String()


class ServiceRequestAnswerSchema(DetailsSchema):
    """A service request."""

    pmr_number = fields.String(metadata={"description": "a service request and a PMR are one record"})
    queue = fields.Enum(Queue, by_value=True)
    status = fields.Enum(Status, by_value=True)
    severity = fields.Integer()
    missing = fields.List(fields.String(), metadata={"description": "what would speed the investigation up"})
    icn = fields.String()
    opened_by = fields.String()
    opened_at = fields.String()
    summary = fields.String()
    description = fields.String()


class ServiceRequestDetailSchema(ServiceRequestAnswerSchema):
    """A service request with its notes."""

    notes = fields.List(fields.Nested(NoteSchema))


class OcnPasswordResetSchema(Schema):
    """Whose OCN password is to be reset."""

    ocn = Anything(required=True)
    icn = Anything(required=True)


class OcnPasswordResetAnswerSchema(OcnPasswordResetSchema):
    """A reset, and the mail with the new password."""

    message_id = fields.Integer()


def registration_view(registration: Registration) -> dict[str, Any]:
    """A registration as it is answered."""
    return {name: getattr(registration, name) for name in ("registration_id", "email", "icn", "level")}


def said_by(body: dict[str, Any]) -> dict[str, Any]:
    """What a customer says of a new service request, by column; an ICN of blanks is none."""
    said = dict.fromkeys(HELPFUL) | {"description": "", "severity": DEFAULT_SEVERITY} | body
    return {**said, "icn": (body.get("icn") or "").strip() or None}


def note_view(note: Note) -> dict[str, Any]:
    """A note as it is answered."""
    return {"author": note.author, "written_at": note.written_at, "text": note.text}


def request_view(request: ServiceRequest) -> dict[str, Any]:
    """A service request as it is answered."""
    shown = ("pmr_number", "queue", "status", "severity", "icn", "opened_by", "opened_at", "summary", "description")
    values = {name: getattr(request, name) for name in (*shown, *HELPFUL)}
    return {**values, "missing": list(request.missing)}
