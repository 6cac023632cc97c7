"""Sentences that were written for programs too, as people read them on a page."""

from __future__ import annotations

import re

_CALL = re.compile(r" \((?:GET|POST|PUT|PATCH|DELETE) [^)]*\)")
_BY = re.compile(r" with (?:GET|POST|PUT|PATCH|DELETE) /[^\s,;]*[^\s,;.]")
_LOOK = re.compile(r"\bGET ([a-z][^:;.]*)")


def plainly(text: str) -> str:
    """A sentence without the calls that it names for programs."""
    return _LOOK.sub(r"Look at \1", _BY.sub("", _CALL.sub("", text)))
