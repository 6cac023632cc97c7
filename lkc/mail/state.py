"""How the mails of a world stand in documents."""

from __future__ import annotations

from lkc.mail.anew import written_anew
from lkc.mail.models import Message, Status
from lkc.world.state.parts import CALLER, EMAIL, JSON, PLAIN, PROSE, Part, numbered, one_of

PARTS = (
    Part(
        system="mail",
        model=Message,
        name="message",
        key=("id",),
        title="mail {id} to {recipient}",
        appeared="sent",
        tells="status",
        counter="mail",
        columns={
            "id": numbered(),
            "system": PLAIN,
            "sender": CALLER,
            "sender_address": CALLER,
            "recipient": EMAIL,
            "mailbox": EMAIL,
            "subject": PROSE,
            "text": PROSE,
            "html": PROSE,
            "sent_at": PLAIN,
            "status": one_of(Status),
            "genuine": PLAIN,
            "verdict": PLAIN,
            "raw": PROSE,
            "template": PLAIN,
            "data": JSON,
        },
        remake=written_anew,
    ),
)
