"""Mails as they lie in the mailboxes of a world."""

from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lkc.world.database import Base


class Status(StrEnum):
    """What became of a mail."""

    DELIVERED = "delivered"
    BOUNCED = "bounced"
    SPAM = "spam"
    DELAYED = "delayed"


class Message(Base):
    """One mail to one recipient.

    Attributes:
        system: id of the system that sent it; `internet` for mails that somebody else wrote.
        mailbox: the recipient's address in lower case, by which it is found.
        sender: the From field as one line.
        sender_address: the address in it, in lower case, by which it is found.
        sent_at: world time as text, to the second.
        genuine: 1 where a system of this world sent it, or it carries a signature that proves as much.
        verdict: what the check of a mail that somebody else sent found; None for mails of our systems.
        text: what somebody else wrote; empty for mails of our systems, likewise `html` and `raw`.
        template: name of the texts of a mail of our systems; `data` is a JSON object of what is put in there.
        raw: the mail as it arrived, for mails that somebody else wrote.
    """

    __tablename__ = "mail_message"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    system: Mapped[str]
    sender: Mapped[str]
    sender_address: Mapped[str] = mapped_column(default="", server_default="")
    recipient: Mapped[str]
    mailbox: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    sent_at: Mapped[str]
    status: Mapped[str]
    genuine: Mapped[int] = mapped_column(default=1)
    verdict: Mapped[str | None] = mapped_column(default=None)
    raw: Mapped[bytes | None] = mapped_column(default=None)
    template: Mapped[str | None] = mapped_column(default=None)
    data: Mapped[str] = mapped_column(default="", server_default="")

    __table_args__ = (Index("ix_mail_message_mailbox", "mailbox", "id"),)
