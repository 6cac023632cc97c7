"""Names of worlds: what may be one, and how one is made up."""

from __future__ import annotations

import re
import secrets

from lkc.world.refusals import InvalidWorldName

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")
# The same as a pattern of JSON Schema.
FORM = "^[a-z0-9][a-z0-9-]{0,62}$"
DEFAULT = "default"
LONGEST = 63


def checked(name: str) -> str:
    """The name itself. Raises InvalidWorldName where no world can have it."""
    if NAME.match(name) is None:
        raise InvalidWorldName(name)
    return name


def fresh() -> str:
    """A name that no world has yet, such as `w-5f0c92ab31`."""
    return f"w-{secrets.token_hex(5)}"
