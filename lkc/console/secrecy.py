"""While a quiz goes on in a world, no page of the desk gives its case away."""

from __future__ import annotations

from flask import Response

from lkc.look.pages import show
from lkc.scenarios.progress import progress_of
from lkc.world.hold import current_world
from lkc.world.session import Access
from lkc.world.store import WorldStore


def is_quiz_open() -> bool:
    """Whether a quiz goes on in the world whose desk this is."""
    return progress_of(current_world()).is_secret


def is_quiz_open_in(store: WorldStore, *names: str) -> bool:
    """Whether one goes on in any of these worlds. Raises UnknownWorld."""
    for name in names:
        with store.session(name, Access.READ) as world:
            if progress_of(world).is_secret:
                return True
    return False


def closed(place: str, what: str) -> Response:
    """The page in the place of one that would tell the cause; `what` is closed, in the rail at `place`."""
    return show("console/quiz_goes_on.html", place=place, what=what)
