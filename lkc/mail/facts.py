"""What is known of mails, for whoever explains what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
_ARRIVALS = Prepared(lambda: select(Due.payload, Due.due_at).where(Due.action == DELIVER))


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFacts:
    """A mail without its text.

    Attributes:
        system: id of the system that sent it; `internet` for mails that somebody else wrote.
        status: delivered, bounced, spam or delayed.
        genuine: whether it is signed by the sender's domain and unchanged.
        genuine_reason: why, or why not, as a sentence.
        sent_at: world time as text, to the second; of a mail that was delayed it is when it arrived.
        arrives_at: when a delayed mail will be in its mailbox, likewise; None for every other.
        template: name of its texts, such as `keycenter/password_finder`; None for mails that somebody else wrote.
        order_number: the order that a mail of our systems is about, or None.
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
    arrives_at: str | None = None


def find_mail(world: WorldSession, message_id: int) -> MailFacts | None:
    """The mail of this id, or None."""
    row = world.row(_ONE, message_id=message_id)
    return None if row is None else _facts(world, [row])[0]


def mails_to(world: WorldSession, email: str, at_most: int = 500) -> list[MailFacts]:
    """Mails to an address, letter case aside, newest first, whatever became of them."""
    return _facts(world, world.rows(_TO, mailbox=email.strip().lower(), at_most=at_most))


def _facts(world: WorldSession, rows: list[tuple[Any, ...]]) -> list[MailFacts]:
    facts = [_fact(row) for row in rows]
    if all(fact.status != Status.DELAYED for fact in facts):
        return facts
    arrivals = _arrivals(world)
    return [replace(fact, arrives_at=arrivals.get(fact.id)) for fact in facts]


def _arrivals(world: WorldSession) -> dict[int, str]:
    """When each delayed mail of the world will be in its mailbox, by id."""
    waiting = world.rows(_ARRIVALS)
    return {orjson.loads(payload)["message_id"]: stamp(from_micros(due_at)) for payload, due_at in waiting}


def _fact(row: tuple[Any, ...]) -> MailFacts:
    number, system, sender, recipient, subject, status, sent_at, genuine, verdict, template, data = row
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
        order_number=None if template is None else orjson.loads(data).get("order", {}).get("order_number"),
    )
