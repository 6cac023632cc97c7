"""The seal of a license file: a signature over every byte of it but the seal's own digits."""

from __future__ import annotations

from lkc.world.keys import Signer

DIGITS = 128
_PLACE = b"0" * DIGITS


def sealed(content: bytes, before: bytes, signer: Signer) -> bytes:
    """Content whose place for the seal has been filled.

    Args:
        content: the file with 128 zeros where the seal goes.
        before: the bytes right in front of that place; they occur once.
        signer: who signs.
    """
    begin = content.index(before) + len(before)
    head, tail = content[:begin], content[begin + DIGITS :]
    return head + signer.sign(head + tail).hex().encode() + tail


def place() -> str:
    """What a writer puts where the seal goes."""
    return _PLACE.decode()
