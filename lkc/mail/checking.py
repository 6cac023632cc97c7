"""Whether a mail that somebody sends is what its sender says: the check of a receiving mail system (Q6)."""

from __future__ import annotations

import re
from email.utils import getaddresses

from lkc.mail.senders import domain_of
from lkc.mail.verdicts import Verdict

_SIGNATURE = re.compile(rb"^dkim-signature:", re.IGNORECASE | re.MULTILINE)
# Readers of mail disagree on these: what one takes for a part of a field is another field, or text, to the next.
_AMBIGUOUS = re.compile(rb"\r|^From ", re.MULTILINE)


def checked(seed: int, sender: str, raw: bytes) -> Verdict:
    """What the signatures of a mail say.

    Args:
        seed: of the world, from which the keys of its domains follow.
        sender: the From field, as one line.
        raw: the mail as it came.
    """
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if _SIGNATURE.search(head) is None:
        return Verdict.UNSIGNED
    if _AMBIGUOUS.search(head):
        return Verdict.BROKEN
    from lkc.mail.signing import tried  # noqa: PLC0415 - dkimpy costs a quarter of a second

    authors = [address for _, address in getaddresses([sender])]
    return tried(seed, domain_of(authors[0]) if len(authors) == 1 else "", raw)
