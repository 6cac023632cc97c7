"""What the mail network declares of itself."""

from __future__ import annotations

from lkc.mail.api import blueprint
from lkc.mail.sending import DELIVER, deliver_delayed
from lkc.world.faults import FaultKind
from lkc.world.system import Entrance, System, parts_in

SYSTEM = System(
    id="mail",
    title="Mail",
    summary="Every mailbox of this world: what was sent, and what became of it.",
    prefix="/mail",
    state=parts_in("lkc.mail.state"),
    blueprints=(blueprint,),
    statuses={"unknown-message": 404, "no-mail": 408, "not-spam": 409},
    entrance=Entrance("/mail/api/v1/messages", "All mails of this world"),
    faults=(
        FaultKind("mail-bounce", needed=frozenset({"to"})),
        FaultKind("mail-spam", needed=frozenset({"to"})),
        FaultKind("mail-delay", needed=frozenset({"minutes"}), allowed=frozenset({"to"})),
    ),
    actions={DELIVER: deliver_delayed},
)
