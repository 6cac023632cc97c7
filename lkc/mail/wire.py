"""Mails in the form in which they travel (RFC 5322): written from a mailbox, and read when somebody sends one."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses

from lkc.mail.mailboxes import Mail
from lkc.mail.sending import Letter
from lkc.world.refusals import Invalid

MAX_RECIPIENTS = 50
# Reading a hostile head takes time that grows with the square of its length.
LARGEST_HEAD = 16 * 1024


def written(mail: Mail) -> bytes:
    """A mail of our systems as it travels, dated by the world's clock; the same mail gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    message["From"] = mail.sender
    message["To"] = _address(mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(datetime.fromisoformat(mail.sent_at))
    message["Message-ID"] = f"<{mail.id}.{mail.system}@lkc-simulator.example>"
    message["X-Simulated"] = "true"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
        message.set_boundary(f"=_lkc_{mail.id}")
    return message.as_bytes()


def read(raw: bytes) -> list[Letter]:
    """The letters in a mail that somebody on the Internet sends, one for each recipient.

    Raises Invalid for bytes that are no mail, or a mail without sender or recipient.
    """
    if len(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]) > LARGEST_HEAD:
        raise Invalid({"field": "body", "message": f"has a head of more than {LARGEST_HEAD} bytes"})
    try:
        message = message_from_bytes(raw, policy=SMTP)
        sender = str(message["From"] or "").strip()
        subject = str(message["Subject"] or "")
        fields = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
        recipients = [address for _, address in getaddresses(fields) if "@" in address]
        text, html = _part(message, "plain"), _part(message, "html")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Invalid({"field": "body", "message": f"cannot be read as a mail ({error})"}) from error
    mistakes = []
    if not sender:
        mistakes.append({"field": "From", "message": "a mail needs a sender"})
    if not recipients:
        mistakes.append({"field": "To", "message": "a mail needs at least one recipient's address"})
    if len(recipients) > MAX_RECIPIENTS:
        mistakes.append({"field": "To", "message": f"at most {MAX_RECIPIENTS} recipients"})
    if mistakes:
        raise Invalid(*mistakes)
    return [
        Letter(
            sender=_one_line(sender),
            recipient=_one_line(recipient),
            subject=_one_line(subject),
            text=text,
            html=html,
            raw=raw,
        )
        for recipient in dict.fromkeys(recipients)
    ]


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body(preferencelist=(subtype,))
    content = "" if part is None else part.get_content()
    return content.encode("utf-8", "replace").decode()


def _one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _address(text: str) -> Address:
    """An address that a header can carry, whatever characters it has."""
    local, _, domain = text.rpartition("@")
    return Address(username=local, domain=domain)
