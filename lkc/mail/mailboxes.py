"""Looking into mailboxes: searching, reading, the links of a mail, emptying."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, update

from lkc.mail.models import Message, Status
from lkc.mail.senders import address_of
from lkc.mail.sending import DELIVERED, HERE
from lkc.mail.templates import bodies_of
from lkc.mail.verdicts import reason
from lkc.world.database import Prepared
from lkc.world.refusals import Refused
from lkc.world.session import WorldSession

_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_COLUMNS = (
    Message.id,
    Message.system,
    Message.sender,
    Message.recipient,
    Message.subject,
    Message.text,
    Message.html,
    Message.sent_at,
    Message.status,
    Message.genuine,
    Message.verdict,
    Message.template,
    Message.data,
)
_ONE = Prepared(lambda: select(*_COLUMNS).where(Message.id == bindparam("message_id")))


class NoSuchMessage(Refused):
    """No mail has this id."""

    code = "unknown-message"
    remedy = "It may have been deleted; look through the list of all mails."


class NotSpam(Refused):
    """Only what a filter took for spam can be taken out of the spam folder."""

    code = "not-spam"
    question = 10
    remedy = "A delayed mail comes by itself; one that bounced has to be sent again, to an address that takes it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for; None stands for anything.

    Attributes:
        to: the recipient's address, letter case aside.
        sender: the sender's address, letter case and a name beside it aside.
        subject: a part of the subject, letter case aside.
        status: what became of the mail.
        before: only mails with a lower id (paging, newest first).
        since: only mails with a higher id.
    """

    to: str | None = None
    sender: str | None = None
    subject: str | None = None
    status: Status | None = None
    before: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as the simulator shows it; the raw form is made or fetched apart."""

    id: int
    system: str
    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    sent_at: str
    status: str
    genuine: int
    verdict: str | None

    @property
    def genuine_reason(self) -> str:
        """Why it is genuine, or why not, as a sentence."""
        return reason(self.verdict, self.sender)

    @property
    def links(self) -> list[str]:
        """The addresses in the mail, in the order of the text, each once."""
        found = [link.rstrip(".,;:!?") for link in _LINK.findall(self.text)]
        found += [html.unescape(link).rstrip(".,;:!?") for link in _LINK.findall(self.html)]
        return list(dict.fromkeys(found))


def find_mails(world: WorldSession, search: Search, limit: int, among: Select[Any] | None = None) -> list[Mail]:
    """The mails that fit, newest first, at most so many; with `among` only those whose ids it selects."""
    query = select(*_COLUMNS).order_by(Message.id.desc()).limit(limit)
    if among is not None:
        query = query.where(Message.id.in_(among))
    if search.to is not None:
        query = query.where(Message.mailbox == search.to.strip().lower())
    if search.sender is not None:
        query = query.where(Message.sender_address == address_of(search.sender))
    if search.subject is not None:
        query = query.where(Message.subject.ilike(f"%{_literally(search.subject)}%", escape="\\"))
    if search.status is not None:
        query = query.where(Message.status == search.status.value)
    if search.before is not None:
        query = query.where(Message.id < search.before)
    if search.since is not None:
        query = query.where(Message.id > search.since)
    return [_mail(row, world.exchange.base_url) for row in world.orm.execute(query)]


def get_mail(world: WorldSession, message_id: int) -> Mail:
    """One mail. Raises NoSuchMessage."""
    row = world.row(_ONE, message_id=message_id)
    if row is None:
        raise NoSuchMessage(f"There is no mail {message_id}.", message_id=message_id)
    return _mail(row, world.exchange.base_url)


def raw_as_arrived(world: WorldSession, message_id: int) -> bytes | None:
    """The bytes of a mail that somebody else wrote; None for a mail of our systems."""
    return world.orm.scalar(select(Message.raw).where(Message.id == message_id))


def take_out_of_spam(world: WorldSession, message_id: int) -> Mail:
    """Puts a mail into its mailbox that a filter took for spam: what its recipient can do himself (Q10).

    Raises NoSuchMessage or NotSpam.
    """
    mail = get_mail(world, message_id)
    if mail.status != Status.SPAM:
        detail = f"Mail {message_id} is in no spam folder; it is {mail.status}."
        raise NotSpam(detail, message_id=message_id, mail_status=mail.status)
    world.orm.execute(update(Message).where(Message.id == message_id).values(status=Status.DELIVERED.value))
    text = f"Mail {message_id} to {mail.recipient} was taken out of the spam folder."
    world.record("mail", DELIVERED, text, message_id=message_id, email=mail.recipient)
    world.let_go(message_id, mail.recipient)
    return replace(mail, status=Status.DELIVERED.value)


def empty_mailboxes(world: WorldSession) -> None:
    """Removes every mail of the world."""
    world.orm.execute(delete(Message))
    world.record("mail", "mailboxes-emptied", "Every mailbox was emptied.")


def remove_mail(world: WorldSession, message_id: int) -> None:
    """Removes one mail. Raises NoSuchMessage."""
    mail = get_mail(world, message_id)
    world.orm.execute(delete(Message).where(Message.id == message_id))
    text = f"Mail {message_id} to {mail.recipient} was deleted."
    world.record("mail", "mail-deleted", text, message_id=message_id, email=mail.recipient)


def _mail(row: Any, base_url: str) -> Mail:
    *columns, template, data = row
    mail = Mail(*columns)
    if template is None:
        return mail
    text, html = bodies_of(template, data)
    return replace(mail, text=text.replace(HERE, base_url), html=html.replace(HERE, base_url))


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
