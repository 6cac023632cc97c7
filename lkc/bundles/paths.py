"""Where the calls of a bundle go: which of them are about this world alone, and what a secret may make of a path."""

from __future__ import annotations

import re

from lkc.bundles.model import PLACE
from lkc.world.gate import CONTROLS

DESK, SIGN_IN = "/desk", "/desk/sign-in"
# Of other worlds, of the journal, of bundles, and who opened the desk: none of it changes this world.
_ELSEWHERE = (
    "/_sim/worlds",
    "/_sim/requests",
    "/_sim/bundle",
    "/desk/worlds",
    "/desk/class",
    SIGN_IN,
    "/desk/quiz/world",
    # A reset leads to the origin, where a bundle begins anew.
    "/desk/quiz/again",
)
_OF_LESSONS = re.compile(r"/desk/questions/.*/(?:worlds|again)/*", re.DOTALL)
_SLASHES = re.compile(r"//+")
# What stands in the path of a link.
_OF_LINK = re.compile(r"[A-Za-z0-9_-]{1,200}")

ALONE = "must be about this world alone"
NO_SECRET = "may hold no secret: it is a path of the controls or of the desk"  # noqa: S105 - words
NO_LINK = "is no path once its secrets are filled in, which may have letters, digits, - and _"


def is_elsewhere(path: str) -> bool:
    """Whether a call changes nothing of this world, but perhaps of others."""
    plain = _SLASHES.sub("/", path)
    return plain.startswith(_ELSEWHERE) or _OF_LESSONS.fullmatch(plain) is not None


def is_of_desk(path: str) -> bool:
    """Whether a path is a page of the trainer's desk."""
    return path == "/" or path.startswith(DESK)


def wrong_with(path: str) -> str:
    """What is wrong with the path of a call as a bundle has it; empty where nothing is."""
    if not path.startswith("/"):
        return "must begin with /"
    if is_elsewhere(path):
        return ALONE
    return NO_SECRET if PLACE.search(path) and _is_ours(path) else ""


def wrong_when_filled(path: str, values: dict[str, str]) -> str:
    """What is wrong with a path once its secrets have these values, by name; empty where nothing is."""
    if not all(map(_OF_LINK.fullmatch, values.values())):
        return NO_LINK
    whole = PLACE.sub(lambda found: values[found[1]], path)
    return ALONE if values and (_is_ours(whole) or is_elsewhere(whole)) else ""


def secrets_of(path: str) -> list[str]:
    """The names of the secrets in a path."""
    return [found[1] for found in PLACE.finditer(path)]


def _is_ours(path: str) -> bool:
    return _SLASHES.sub("/", path).startswith((CONTROLS, DESK))
