"""What the mail network declares of itself."""

from __future__ import annotations

from lkc.mail.api import blueprint
from lkc.mail.sending import DELIVER, deliver_delayed
from lkc.world.system import System

SYSTEM = System(
    id="mail",
    title="Mail",
    summary="Every mailbox of this world: what was sent, and what became of it.",
    prefix="/mail",
    blueprints=(blueprint,),
    statuses={"unknown-message": 404, "no-mail": 408},
    actions={DELIVER: deliver_delayed},
)
