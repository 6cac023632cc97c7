"""Mails of strangers for an anonymous copy of a world: what nobody can replace in place is written anew."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Any

from lkc.world.state.parts import Holds, Swap


def written_anew(mails: list[dict[str, Any]], instead: list[dict[str, Any]], swap: Swap) -> None:
    """Writes subject, HTML and the raw form of a mail anew from its new addresses and its new text.

    In the raw form anything may be encoded, and a signature would not fit any more; the verdict on it stays.
    """
    for mail, other in zip(mails, instead, strict=True):
        if mail["template"] is not None:
            other["subject"] = swap.instead(Holds.SENTENCE, mail["subject"])
            continue
        other["html"] = f"<p>{escape(swap.instead(Holds.PROSE, _text(mail['html'])))}</p>" if mail["html"] else ""
        if mail["raw"] is not None:
            other["raw"] = _raw(other)


def _text(markup: str) -> str:
    import re  # noqa: PLC0415 - nobody else needs it here
    from html import unescape  # noqa: PLC0415 - likewise

    return unescape(re.sub(r"<[^>]*>", " ", markup))


def _raw(mail: dict[str, Any]) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = mail["sender_address"], mail["recipient"]
    message["Subject"] = " ".join(mail["subject"].split())
    message.set_content(mail["text"])
    if mail["html"]:
        message.add_alternative(mail["html"], subtype="html")
        message.set_boundary(f"=_lkc_{mail['id']}")
    return message.as_bytes()
