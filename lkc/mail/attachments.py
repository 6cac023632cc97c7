"""What is attached to a mail that somebody else wrote; mails of our systems have nothing attached."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from lkc.mail.mailboxes import NoSuchMessage

AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail.

    Attributes:
        number: its place among the files of the mail, from 1.
        name: as the sender has it, one line; `attachment-N` where he gives none.
        kind: the media type that the sender says it has.
    """

    number: int
    name: str
    kind: str
    content: bytes


def attachments(raw: bytes) -> list[Attachment]:
    """The files in a mail; none where they cannot be read."""
    try:
        message = message_from_bytes(raw, policy=SMTP)
        parts = list(message.iter_attachments())[:AT_MOST]
        return [_attachment(number, part) for number, part in enumerate(parts, 1)]
    except (ValueError, LookupError, TypeError, AttributeError):
        return []


def get_attachment(raw: bytes, message_id: int, number: int) -> Attachment:
    """One file of a mail. Raises NoSuchMessage."""
    found = next((one for one in attachments(raw) if one.number == number), None)
    if found is None:
        raise NoSuchMessage(f"Mail {message_id} has no attachment {number}.", message_id=message_id)
    return found


def _attachment(number: int, part: EmailMessage) -> Attachment:
    name = " ".join((part.get_filename() or "").encode("utf-8", "replace").decode().split())
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):  # a mail within the mail
        content = part.as_bytes().partition(b"\r\n\r\n")[2]
    return Attachment(number, name or f"attachment-{number}", part.get_content_type(), content)
