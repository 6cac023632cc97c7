"""Whose mailboxes there are, and what lies in them, without the texts of the mails."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select

from lkc.mail.models import Message, Status
from lkc.world.session import WorldSession

# What became of each mail is only counted up to here: it takes a look at every one.
COUNTED_AT_MOST = 5000
_LINE = (
    Message.id,
    Message.system,
    Message.sender,
    Message.recipient,
    Message.subject,
    Message.status,
    Message.sent_at,
    Message.genuine,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A mail in a list."""

    id: int
    system: str
    sender: str
    recipient: str
    subject: str
    status: str
    sent_at: str
    genuine: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """A mailbox.

    Attributes:
        mailbox: the address in lower case, by which it is found.
        mails: how many mails to it are on record, whatever became of them.
        newest: the last one.
        held_up: how many of them did not arrive, by status; empty where there are too many to look at each.
    """

    mailbox: str
    mails: int
    newest: Line
    held_up: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which mails to list; what is left out stands for anything.

    Attributes:
        mailbox: the recipient's address, letter case aside.
        text: a part of the subject, of the sender's address or of the recipient's, letter case aside.
        status: what became of them.
        before: only mails with a lower id (paging, newest first).
    """

    mailbox: str = ""
    text: str = ""
    status: Status | None = None
    before: int | None = field(default=None)


def inboxes(world: WorldSession, text: str, after: str, limit: int) -> list[Inbox]:
    """The mailboxes whose address contains a text, by address, from the one behind `after` on."""
    query = select(Message.mailbox, func.count(), func.max(Message.id)).group_by(Message.mailbox)
    query = query.order_by(Message.mailbox).limit(limit)
    if after:
        query = query.where(Message.mailbox > after)
    if text:
        query = query.where(Message.mailbox.contains(text.strip().lower(), autoescape=True))
    rows = world.orm.execute(query).all()
    newest = {line.id: line for line in _lines(world, Message.id.in_([row[2] for row in rows]))}
    held_up = _held_up(world, [mailbox for mailbox, mails, _ in rows if mails <= COUNTED_AT_MOST])
    return [Inbox(mailbox, mails, newest[last], held_up[mailbox]) for mailbox, mails, last in rows]


def kept(world: WorldSession) -> tuple[int, int]:
    """How many mails are on record, and to how many addresses."""
    mails, mailboxes = world.orm.execute(select(func.count(), func.count(Message.mailbox.distinct()))).one()
    return mails, mailboxes


def lines(world: WorldSession, wanted: Wanted, limit: int) -> list[Line]:
    """The mails that fit, newest first, at most so many."""
    conditions = []
    if wanted.mailbox:
        conditions.append(Message.mailbox == wanted.mailbox.strip().lower())
    if wanted.text:
        among = (Message.subject, Message.sender_address, Message.mailbox)
        conditions.append(or_(*(column.icontains(wanted.text.strip(), autoescape=True) for column in among)))
    if wanted.status is not None:
        conditions.append(Message.status == wanted.status.value)
    if wanted.before is not None:
        conditions.append(Message.id < wanted.before)
    return _lines(world, *conditions, limit=limit)


def _lines(world: WorldSession, *conditions: Any, limit: int | None = None) -> list[Line]:
    query = select(*_LINE).where(*conditions).order_by(Message.id.desc()).limit(limit)
    return [Line(*row) for row in world.orm.execute(query)]


def _held_up(world: WorldSession, mailboxes: list[str]) -> dict[str, dict[str, int]]:
    query = (
        select(Message.mailbox, Message.status, func.count())
        .where(Message.mailbox.in_(mailboxes), Message.status != Status.DELIVERED.value)
        .group_by(Message.mailbox, Message.status)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for mailbox, status, mails in world.orm.execute(query):
        found[mailbox][status] = mails
    return found
