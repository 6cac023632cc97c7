"""What is known of mails, for whoever explains what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, select

from lkc.mail.models import Message, Status
from lkc.mail.sending import DELIVER
from lkc.mail.verdicts import reason
from lkc.world.clock import from_micros, stamp
from lkc.world.database import Prepared
from lkc.world.models import Due
from lkc.world.session import WorldSession

_COLUMNS = (
    Message.id,
    Message.system,
    Message.sender,
    Message.recipient,
    Message.subject,
    Message.status,
    Message.sent_at,
    Message.genuine,
    Message.verdict,
    Message.template,
    Message.data,
)
_ONE = Prepared(lambda: select(*_COLUMNS).where(Message.id == bindparam("message_id")))
_TO = Prepared(
    lambda: (
        select(*_COLUMNS)
        .where(Message.mailbox == bindparam("mailbox"))
        .order_by(Message.id.desc())
        .limit(bindparam("at_most"))
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFacts:
    """A mail without its text.

    Attributes:
        system: id of the system that sent it; `internet` for mails that somebody else wrote.
        status: delivered, bounced, spam or delayed.
        genuine: whether it is signed by the sender's domain and unchanged.
        genuine_reason: why, or why not, as a sentence.
        sent_at: world time as text, to the second.
        template: name of its texts, for mails of our systems; else None.
        order_number: the order that it is about, or None.
        arrives_at: world time as text at which a delayed mail arrives, else None.
    """

    id: int
    system: str
    sender: str
    recipient: str
    subject: str
    status: str
    sent_at: str
    genuine: bool
    genuine_reason: str
    template: str | None
    order_number: str | None
    arrives_at: str | None


def find_mail(world: WorldSession, message_id: int) -> MailFacts | None:
    """The mail of this id, or None."""
    row = world.row(_ONE, message_id=message_id)
    return None if row is None else _facts(world, row)


def mails_to(world: WorldSession, email: str, at_most: int = 500) -> list[MailFacts]:
    """Mails to an address, letter case aside, newest first, whatever became of them."""
    return [_facts(world, row) for row in world.rows(_TO, mailbox=email.strip().lower(), at_most=at_most)]


def _arrival(world: WorldSession, number: int) -> str | None:
    for due in world.orm.scalars(select(Due).where(Due.action == DELIVER)):
        if orjson.loads(due.payload)["message_id"] == number:
            return stamp(from_micros(due.due_at))
    return None


def _facts(world: WorldSession, row: tuple[Any, ...]) -> MailFacts:
    number, system, sender, recipient, subject, status, sent_at, genuine, verdict, template, data = row
    order = orjson.loads(data).get("order") if data else None
    return MailFacts(
        id=number,
        system=system,
        sender=sender,
        recipient=recipient,
        subject=subject,
        status=status,
        sent_at=sent_at,
        genuine=bool(genuine),
        genuine_reason=reason(verdict, sender),
        template=template,
        order_number=order["order_number"] if order else None,
        arrives_at=_arrival(world, number) if status == Status.DELAYED else None,
    )
