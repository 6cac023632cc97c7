"""Texts without what depends on where a world is served: host, name of the world, and what is drawn by lot."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from lkc.world.redaction import HIDDEN

WORLD, NAME, SIMULATOR = "{world}", "{name}", "{simulator}"

_FORM = re.compile(r"(<input\b[^>]*\bname=\"csrf_token\"[^>]*\bvalue=\")[^\"]*")
_ENCODED_HIDDEN = re.compile(r"\*\*\*~[0-9a-f]{12}[A-Za-z0-9%._:;-]*~")


def neutral(text: str, worlds: Collection[str], host: str = "") -> str:
    """A text that is the same wherever the world is served, and whatever it is called.

    Args:
        text: of an answer.
        worlds: the names that the world had and has.
        host: under which it was called.
    """
    text = _ENCODED_HIDDEN.sub(HIDDEN, text)
    names = "|".join(sorted(map(re.escape, worlds), key=len, reverse=True))
    text = re.sub(rf"(?:https?://[^/\s\"'<>]+)?/w/(?:{names})(?![a-z0-9-])", WORLD, text)
    # Pages name the world in words, refusals in quotes.
    before, after = (r"(?<![\w-])", r"(?![\w-])") if text.lstrip()[:1] == "<" else (r"(?<=['\"])", r"(?=['\"])")
    text = re.sub(rf"{before}(?:{names}){after}", NAME, text)
    if host:
        text = re.sub(rf"https?://{re.escape(host)}(?![a-z0-9.:-])", SIMULATOR, text, flags=re.IGNORECASE)
    return _FORM.sub(r"\1", text)


def laid_out(text: str) -> str:
    """JSON with a line for each value, as somebody reads it and git compares it; any other text as it is."""
    if text[:1] not in {"{", "["}:
        return text
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return text
