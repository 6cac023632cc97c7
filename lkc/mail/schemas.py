"""The messages of the mail interface."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from lkc.mail.mailboxes import Mail
from lkc.mail.models import Status
from lkc.world.fields import Anything, RowNumber
from lkc.world.paging import PageSchema

LONGEST_WAIT = 60
MAIL_EXAMPLE = """\
From: Ann Admin <ann@acme.example>\r
To: bob@acme.example\r
Subject: Our licenses\r
\r
The license files have come.\r
"""


class MailSearchSchema(PageSchema):
    """What to look for in the mailboxes."""

    to = Anything(metadata={"description": "the recipient's address"})
    from_ = Anything(data_key="from", metadata={"description": "the sender's address"})
    subject = Anything(metadata={"description": "a part of the subject"})
    status = fields.Enum(Status, by_value=True)
    after = RowNumber(
        metadata={"description": "id of the last mail of the page before (newest come first)", "example": 17}
    )


class MailWaitSchema(Schema):
    """What mail to wait for."""

    to = Anything()
    from_ = Anything(data_key="from")
    subject = Anything()
    since = RowNumber(metadata={"description": "only a mail with a higher id than this one"})
    timeout = fields.Float(load_default=10.0, validate=validate.Range(0, LONGEST_WAIT))


class MailChangeSchema(Schema):
    """What a recipient can change: a mail that was taken for spam becomes a delivered one."""

    status = fields.String(required=True, validate=validate.Equal(Status.DELIVERED.value))


class MailSchema(Schema):
    """A mail."""

    id = fields.Integer()
    system = fields.String()
    from_ = fields.String(data_key="from")
    to = fields.String()
    subject = fields.String()
    text = fields.String()
    html = fields.String()
    sent_at = fields.String()
    status = fields.Enum(Status, by_value=True)
    genuine = fields.Boolean()
    genuine_reason = fields.String(metadata={"description": "why, or why not, as a sentence"})
    links = fields.List(fields.String())


class DomainKeySchema(Schema):
    """A key with which a domain of the world signs its mails."""

    domain = fields.String()
    selector = fields.String()
    record = fields.String(metadata={"description": "the TXT record at `SELECTOR._domainkey.DOMAIN`"})


class SentSchema(Schema):
    """The ids of the mails that were sent, one for each recipient."""

    ids = fields.List(fields.Integer(), metadata={"example": [1]})


def mail_view(mail: Mail) -> dict[str, Any]:
    """A mail as it is answered."""
    return {
        "id": mail.id,
        "system": mail.system,
        "from": mail.sender,
        "to": mail.recipient,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "sent_at": mail.sent_at,
        "status": mail.status,
        "genuine": bool(mail.genuine),
        "genuine_reason": mail.genuine_reason,
        "links": mail.links,
    }
