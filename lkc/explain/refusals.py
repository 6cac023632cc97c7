"""What cannot be explained."""

from __future__ import annotations

from lkc.world.refusals import Refused


class NothingKnown(Refused):
    """What is asked about is not on record in any system."""

    code = "nothing-known"
    remedy = "Compare it with the order, the mail or the product that it was read from."

    def __init__(self, field: str, received: object) -> None:
        super().__init__(f"No system knows {field} {received!r}.", field=field, received=received)
