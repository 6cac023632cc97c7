"""Mails from the Internet: taking one in as it comes, and writing one as anybody."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from lkc.mail.checking import checked
from lkc.mail.sending import receive
from lkc.mail.wire import read
from lkc.world.refusals import Invalid
from lkc.world.session import WorldSession


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail that somebody writes; From and To as they stand in its head, HTML only where there is some."""

    sender: str
    recipients: str
    subject: str
    text: str
    html: str


def post(world: WorldSession, raw: bytes) -> list[int]:
    """Takes a mail in (RFC 5322) and returns the ids, one for each recipient. Raises Invalid."""
    letters = read(raw)
    verdict = checked(world.seed, letters[0].sender, letters[0].raw)
    return [receive(world, letter, verdict) for letter in letters]


def composed(world: WorldSession, draft: Draft) -> bytes:
    """The draft as it travels, dated by the world's clock and unsigned. Raises Invalid."""
    message = EmailMessage(policy=SMTP)
    try:
        for name, value in (("From", draft.sender), ("To", draft.recipients), ("Subject", draft.subject)):
            message[name] = " ".join(value.split())
        message["Date"] = format_datetime(world.clock.now())
        message["X-Simulated"] = "true"
        message.set_content(draft.text)
        if draft.html.strip():
            message.add_alternative(draft.html, subtype="html")
            message.set_boundary("=_lkc_written")
        return message.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Invalid({"field": "From", "message": f"makes no mail together with the rest ({error})"}) from error
