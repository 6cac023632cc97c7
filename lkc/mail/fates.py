"""What became of a mail and why, as sentences (the questions are Q7 and Q10)."""

from __future__ import annotations

from dataclasses import dataclass

from lkc.mail.facts import find_mail
from lkc.mail.mailboxes import Mail
from lkc.mail.models import Status
from lkc.world.faults import would_act
from lkc.world.session import WorldSession


@dataclass(frozen=True, slots=True)
class Fate:
    """Why a mail is not in its mailbox.

    Attributes:
        what: what became of it.
        why: what has done so, as far as that can be seen now.
        remedy: what helps.
    """

    what: str
    why: str
    remedy: str


_WHAT = {
    Status.BOUNCED: "It was sent and came back: the address took no mail, so nobody has read it.",
    Status.SPAM: "It was sent and arrived, but a spam filter took it: it is not in the inbox.",
    Status.DELAYED: "It was sent and is still on its way.",
}
_REMEDY = {
    Status.BOUNCED: "Have the address put right where it is wrong, and the mail sent again.",
    Status.SPAM: "The recipient finds it in his spam folder and takes it out.",
    Status.DELAYED: "It comes by itself when the clock of the world has come so far.",
}
_FAULT_REMEDY = {
    Status.BOUNCED: "Take the fault back before that.",
    Status.SPAM: "With the fault taken back the next ones reach the inbox.",
}


def fate(world: WorldSession, mail: Mail) -> Fate | None:
    """Why a mail is not in its mailbox; None for one that is."""
    status = Status(mail.status)
    if status is Status.DELIVERED:
        return None
    if status is Status.DELAYED:
        facts = find_mail(world, mail.id)
        arrives = None if facts is None else facts.arrives_at
        why = f"It will be there at {arrives}." if arrives else "When it will be there is not known."
        return Fate(_WHAT[status], why, _REMEDY[status])
    kind = "mail-bounce" if status is Status.BOUNCED else "mail-spam"
    if would_act(world, kind, to=mail.recipient):
        why = f"A fault on order ({kind}) does so with every mail to {mail.recipient}; the next one goes the same way."
        return Fate(_WHAT[status], why, f"{_REMEDY[status]} {_FAULT_REMEDY[status]}")
    why = "What did so does so no longer: no fault on order would stop a mail to this address now."
    return Fate(_WHAT[status], why, _REMEDY[status])
