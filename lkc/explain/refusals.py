"""What cannot be explained."""

from __future__ import annotations

from lkc.world.refusals import Refused


class NothingKnown(Refused):
    """What is asked about is not on record in any system."""

    code = "nothing-known"
    remedy = "Compare it with the order, the mail or the product that it was read from."

    def __init__(self, field: str, received: object) -> None:
        super().__init__(f"No system knows {field} {received!r}.", field=field, received=received)


WORDS = {
    "order_number": "order",
    "account_id": "account",
    "license_id": "license",
    "token": "token",
    "message_id": "mail",
}


class NotConnected(Refused):
    """Two of the things that are asked about have nothing to do with each other on record.

    Args:
        detail: which two, and where they belong as far as whoever asks may know; without its full stop.
        parts: the two, by field.
    """

    code = "not-connected"
    remedy = "Ask about one of them, or about two that belong together."

    def __init__(self, detail: str, **parts: object) -> None:
        super().__init__(f"{detail[:1].upper()}{detail[1:]}.", fields=list(parts), **parts)
