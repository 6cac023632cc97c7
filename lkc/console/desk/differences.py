"""What is different between two worlds, on a page."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, request

from lkc.console.secrecy import is_quiz_open_in
from lkc.look.pages import Told, show
from lkc.scenarios.differences import differences
from lkc.world.hold import current_hold
from lkc.world.refusals import UnknownWorld
from lkc.world.state.comparing import Change
from lkc.world.system import current_systems

SHOWN, NAMES = 200, 100


def difference_page() -> Response:
    """The differences between the worlds that the address names, by system."""
    store = current_hold().store
    one, other = (request.args.get(name, "").strip() for name in ("one", "other"))
    groups: dict[str, list[Change]] | None = None
    refused, total, left_out, is_secret = None, 0, 0, False
    if one and other:
        try:
            is_secret = is_quiz_open_in(store, one, other)
            found, left_out = differences(store, one, other, SHOWN, without_case=is_secret)
        except UnknownWorld as refusal:
            refused = Told(refusal.detail, "Choose one that stands on the list of worlds.", "")
        else:
            groups, total = _by_system(found), len(found) + left_out
    return show(
        "console/difference.html",
        status=404 if refused else 200,
        one=one,
        other=other,
        names=store.names()[:NAMES],
        groups=groups,
        refused=refused,
        total=total,
        left_out=left_out,
        is_secret=is_secret,
    )


def _by_system(found: Iterable[Change]) -> dict[str, list[Change]]:
    """The changes under the titles of their systems, in the order in which they come."""
    titles = {system.id: system.title for system in current_systems()}
    groups: dict[str, list[Change]] = {}
    for change in found:
        groups.setdefault(titles.get(change.system, change.system.capitalize()), []).append(change)
    return groups
