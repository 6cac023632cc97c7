"""How a mail gets into a mailbox, or does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, update

from lkc.mail.models import Message, Status
from lkc.world.database import Prepared
from lkc.world.faults import acting
from lkc.world.session import WorldSession

DELIVER = "mail.deliver"

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
    """A mail before it is sent.

    Attributes:
        system: id of the system that sends it.
        raw: the whole mail as it arrived (RFC 5322); None where it is put together from the rest.
    """

    system: str
    sender: str
    recipient: str
    subject: str
    text: str
    html: str = ""
    genuine: bool = True
    raw: bytes | None = None


def send(world: WorldSession, letter: Letter) -> int:
    """Sends a mail and returns its id; faults decide what becomes of it.

    A mail that bounces or is taken for spam stays on record with its status, but in no mailbox
    (documented causes: Q7, Q10).
    """
    status, minutes = _fate(world, letter.recipient)
    message_id = world.ids.next("mail")
    world.insert(
        Message,
        id=message_id,
        system=letter.system,
        sender=letter.sender,
        recipient=letter.recipient,
        mailbox=letter.recipient.lower(),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        sent_at=world.clock.stamp(),
        status=status.value,
        genuine=int(letter.genuine),
        raw=letter.raw,
    )
    world.record(
        "mail",
        f"mail-{status.value}",
        f"Mail {message_id} to {letter.recipient}: {status.value}.",
        message_id=message_id,
        email=letter.recipient,
    )
    if status is Status.DELAYED:
        world.when_due(world.clock.now() + timedelta(minutes=minutes), DELIVER, {"message_id": message_id})
    return message_id


def deliver_delayed(world: WorldSession, payload: dict[str, Any]) -> None:
    """Puts a delayed mail into its mailbox, with the moment at which it came."""
    message_id: int = payload["message_id"]
    moved = world.run(
        _MARK_DELIVERED, message_id=message_id, new_status=Status.DELIVERED.value, moment=world.clock.stamp()
    )
    if moved:
        world.record("mail", "mail-delivered", f"Mail {message_id} arrived after a delay.", message_id=message_id)


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
