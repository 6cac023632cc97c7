"""The form in which a mail travelled (RFC 5322)."""

from __future__ import annotations

from lkc.mail.mailboxes import get_mail, raw_as_arrived
from lkc.world.session import WorldSession


def raw_of(world: WorldSession, message_id: int) -> bytes:
    """A mail as it travelled: as it came, or as our system signed it. Raises NoSuchMessage."""
    mail = get_mail(world, message_id)
    raw = raw_as_arrived(world, message_id)
    if raw is not None:
        return raw
    from lkc.mail.signing import signed  # noqa: PLC0415 - dkimpy costs a quarter of a second
    from lkc.mail.wire import written  # noqa: PLC0415 - the standard library's mail modules cost 12 ms

    return signed(world.seed, mail.sender, written(mail))
