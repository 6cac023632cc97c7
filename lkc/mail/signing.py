"""DKIM signatures with the keys of a world (RFC 6376): made when a mail is written out, tried when one comes in.

Load it only where a signature is made or tried: dkimpy and what it drags in cost a quarter of a second.
"""

from __future__ import annotations

import base64
from typing import Any

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from lkc.mail.domain_keys import SELECTOR, key_of, look_up
from lkc.mail.senders import domain_of, domains
from lkc.mail.verdicts import Verdict

ALGORITHM = b"ed25519-sha256"
# To the letter: nothing on the way of these mails folds lines anew or takes blanks away.
CANONICAL = (b"simple", b"simple")
# Each is signed once more than it is there, so that a second one cannot be added.
PROTECTED = (
    b"from",
    b"to",
    b"cc",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"sender",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
    b"content-disposition",
    b"x-simulated",
)
# The tags of our signatures. None has a moment (`t`, `x`), which dkimpy would hold against the machine's clock, or
# a length (`l`), behind which anybody could go on writing.
TAGS = frozenset({b"v", b"a", b"c", b"d", b"i", b"q", b"s", b"h", b"bh", b"b"})
# Bounds for what a stranger can make us compute.
LONGEST_SIGNATURE, TRIED_AT_MOST = 2048, 3


class _Undated(dkim.DKIM):  # type: ignore[misc] # dkimpy ships no types
    def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: Any, **options: Any) -> Any:
        """The signature without the moment at which the machine made it: the same mail gives the same bytes."""
        return super().gen_header([field for field in fields if field[0] != b"t"], *rest, **options)


def signed(seed: int, sender: str, raw: bytes) -> bytes:
    """A mail as it travels, with the signature of its sender's domain before it; the same mail gives the same bytes."""
    domain = domain_of(sender)
    message = _Undated(raw, signature_algorithm=ALGORITHM)
    present = [name.lower() for name, _ in message.headers]
    signature: bytes = message.sign(
        SELECTOR.encode(),
        domain.encode(),
        base64.b64encode(key_of(seed, domain).private.private_bytes_raw()),
        canonicalize=CANONICAL,
        include_headers=[name for name in PROTECTED for _ in range(present.count(name) + 1)],
    )
    return signature + raw


def tried(seed: int, domain: str, raw: bytes) -> Verdict:
    """What the signatures in a mail are worth, for a sender of this domain.

    A signature in another form than ours was not made by a system of this world and is not computed.
    """
    try:
        message = dkim.DKIM(raw)
    except (dkim.MessageFormatError, IndexError):
        return Verdict.BROKEN
    found = [_tags(value) for name, value in message.headers if name.lower() == b"dkim-signature"]
    if all(tags and tags.get(b"d", b"").lower() != domain.encode() for tags in found):
        return Verdict.STRANGER
    ours = [place for place, tags in enumerate(found) if domain in domains() and _has_our_form(tags, domain)]
    fits = any(_fits(message, seed, place) for place in ours[:TRIED_AT_MOST])
    return Verdict.SIGNED if fits else Verdict.BROKEN


def _tags(value: bytes) -> dict[bytes, bytes]:
    """The tags of a signature; none where it cannot be one."""
    try:
        return parse_tag_value(value) if len(value) <= LONGEST_SIGNATURE else {}
    except InvalidTagValueList:
        return {}


def _has_our_form(tags: dict[bytes, bytes], domain: str) -> bool:
    ours = {b"a": ALGORITHM, b"c": b"/".join(CANONICAL), b"d": domain.encode(), b"s": SELECTOR.encode()}
    return tags.keys() == TAGS and ours.items() <= tags.items()


def _fits(message: dkim.DKIM, seed: int, place: int) -> bool:
    def ask_the_world(name: bytes, timeout: float = 0) -> bytes | None:  # noqa: ARG001 - dkimpy names it
        record = look_up(seed, name.decode("ascii", "replace"))
        return None if record is None else record.encode()

    try:
        return bool(message.verify(place, dnsfunc=ask_the_world))
    except (dkim.DKIMException, ValueError):
        return False
