"""How a mail gets into a mailbox, or does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import bindparam, update

from lkc.mail.models import Message, Status
from lkc.mail.senders import Sender, address_of
from lkc.mail.templates import MailTemplate
from lkc.mail.verdicts import Verdict
from lkc.world.database import Prepared
from lkc.world.faults import acting
from lkc.world.session import WorldSession

DELIVER = "mail.deliver"
INTERNET, MAIL = "internet", "mail"
# The event of a mail that is in its mailbox from now on, whatever held it up.
DELIVERED = f"mail-{Status.DELIVERED.value}"
# The events of a mail that was sent; the key `sent_by` tells which system sent it.
SENT = tuple(f"mail-{status.value}" for status in Status)

# Stands in the mails of our systems for where their world is: the same mail is right in a copy of the world, and
# whatever host name the reader comes by. No host can have this name (RFC 2606).
HERE = "http://world.invalid"

_MARK_DELIVERED = Prepared(
    lambda: (
        update(Message)
        .where(Message.id == bindparam("message_id"), Message.status == Status.DELAYED.value)
        .values(status=bindparam("new_status"), sent_at=bindparam("moment"))
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail that somebody on the Internet sends.

    Attributes:
        raw: the whole mail as it arrived (RFC 5322).
    """

    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A mail that one of our systems sends.

    Attributes:
        system: id of the system.
        sender: its address, whose domain signs.
        template: its texts.
        values: what is put in there; plain values and data classes.
    """

    system: str
    sender: Sender
    recipient: str
    template: MailTemplate
    values: dict[str, Any]


def send(world: WorldSession, notice: Notice) -> int:
    """Sends a mail of one of our systems and returns its id; faults decide what becomes of it.

    A mail that bounces or is taken for spam stays on record with its status, but in no mailbox
    (documented causes: Q7, Q10).
    """
    return _post(
        world,
        notice.recipient,
        system=notice.system,
        sender=notice.sender,
        sender_address=notice.sender.lower(),
        subject=notice.template.subject(notice.values),
        text="",
        html="",
        template=notice.template.name,
        data=orjson.dumps(notice.values).decode(),
    )


def receive(world: WorldSession, letter: Letter, verdict: Verdict) -> int:
    """Takes a mail from the Internet in and returns its id; only a signature makes it genuine (Q6)."""
    return _post(
        world,
        letter.recipient,
        system=INTERNET,
        sender=letter.sender,
        sender_address=address_of(letter.sender),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        genuine=int(verdict is Verdict.SIGNED),
        verdict=verdict.value,
        raw=letter.raw,
    )


def _post(world: WorldSession, recipient: str, **columns: Any) -> int:
    status, minutes = _fate(world, recipient)
    message_id = world.ids.next("mail")
    world.insert(
        Message,
        id=message_id,
        recipient=recipient,
        mailbox=recipient.lower(),
        sent_at=world.clock.stamp(),
        status=status.value,
        **columns,
    )
    world.record(
        "mail",
        f"mail-{status.value}",
        f"Mail {message_id} to {recipient}: {status.value}.",
        message_id=message_id,
        email=recipient,
        sent_by=columns["system"],
    )
    if status is Status.DELIVERED:
        world.let_go(message_id, recipient)
    if status is Status.DELAYED:
        payload: dict[str, Any] = {"message_id": message_id}
        if world.outlet is not None:
            payload["leaves"] = world.generation
        world.when_due(world.clock.now() + timedelta(minutes=minutes), DELIVER, payload)
    return message_id


def deliver_delayed(world: WorldSession, payload: dict[str, Any]) -> None:
    """Puts a delayed mail into its mailbox, with the moment at which it came.

    It leaves the world only from the generation in which it was sent: a copy has it as well, and would send it again.
    """
    message_id: int = payload["message_id"]
    moved = world.run(
        _MARK_DELIVERED, message_id=message_id, new_status=Status.DELIVERED.value, moment=world.clock.stamp()
    )
    if moved:
        world.record("mail", DELIVERED, f"Mail {message_id} arrived after a delay.", message_id=message_id)
        if payload.get("leaves") == world.generation:
            world.let_go(message_id, world.orm.get_one(Message, message_id).recipient)


def _fate(world: WorldSession, recipient: str) -> tuple[Status, float]:
    """What becomes of a mail to this address, and for a delayed one the delay in minutes."""
    if acting(world, "mail-bounce", to=recipient) is not None:
        return Status.BOUNCED, 0
    if acting(world, "mail-spam", to=recipient) is not None:
        return Status.SPAM, 0
    delay = acting(world, "mail-delay", to=recipient)
    if delay is not None:
        return Status.DELAYED, delay["minutes"]
    return Status.DELIVERED, 0
