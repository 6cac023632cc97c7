"""Why a bundle cannot be saved or played."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lkc.world.refusals import Refused

NAMED = 20


class JournalTooShort(Refused):
    """The journal does not reach back to the moment at which a bundle is to begin."""

    code = "journal-too-short"
    remedy = (
        "Begin later: at a newer snapshot (`since=snapshot:NAME`) or at the last checkpoint (`since=checkpoint:1`). "
        "The journal keeps the last 8 to 16 MiB of calls, and nothing from before it was emptied."
    )

    def __init__(self, world: str, since: str) -> None:
        super().__init__(f"The journal of world {world!r} does not reach back to {since}.", world=world, since=since)


class CallsNotKept(Refused):
    """The journal does not have calls whole that a bundle would need."""

    code = "request-not-kept"
    remedy = "Save a snapshot after these calls, make the calls that matter, and begin there (`since=snapshot:NAME`)."

    def __init__(self, calls: Sequence[dict[str, Any]]) -> None:
        told = "; ".join(f"{one['id']} ({one['method']} {one['path']}): {one['why']}" for one in calls[:NAMED])
        more = f"; and {len(calls) - NAMED} more" if len(calls) > NAMED else ""
        super().__init__(f"Not everything that was sent is in the journal: {told}{more}.", requests=list(calls[:NAMED]))


class SecretsMissing(Refused):
    """A bundle needs secrets that nobody has given."""

    code = "secrets-missing"
    remedy = (
        'Add `[[bundle.value]]` with `name = "NAME"` and `secret = "VALUE"` for each at the end of the document; '
        "it is sent along and kept nowhere."
    )

    def __init__(self, names: Sequence[str]) -> None:
        told = ", ".join(names[:NAMED])
        super().__init__(f"The calls need secrets that the bundle does not hold: {told}.", secrets=list(names))


class AnswerDiffers(Refused):
    """A call was not answered as it was when the bundle was saved."""

    code = "answer-differs"
    remedy = "Look at the world in which it was played; it is as this call left it."

    def __init__(self, found: dict[str, Any], world: str, url: str) -> None:
        detail = f"Call {found['number']}, {found['method']} {found['path']}, was answered otherwise: {found['what']}."
        super().__init__(detail, world=world, url=url, first=found)
