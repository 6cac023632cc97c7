"""Patterns of libraries that are compiled when first needed, which may be never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ALL_LETTERS = "\uffff"


class Later:
    """A pattern that is compiled when it is first used."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._words = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            # What Python itself asks of everything that stands in a class.
            raise AttributeError(name)
        return getattr(re.compile(*self._words), name)


@contextmanager
def costly_ones_later() -> Iterator[None]:
    """A block in which patterns of all letters of Unicode, in either case, are not compiled yet.

    Marshmallow has one, for the domains of mail addresses, which takes 35 ms at import, a fifteenth of a start.
    """
    compiled = re.compile

    def compile_(pattern: Any, flags: int = 0) -> Any:
        is_costly = isinstance(pattern, str) and _ALL_LETTERS in pattern and flags & re.IGNORECASE
        return Later(pattern, flags) if is_costly else compiled(pattern, flags)

    re.compile = compile_
    try:
        yield
    finally:
        re.compile = compiled
