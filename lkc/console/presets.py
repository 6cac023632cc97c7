"""What trainers most often let go wrong, ready to be ordered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Preset:
    """A fault that is ordered by one button.

    Attributes:
        values: of the message that orders it; the address of somebody comes with the form where it takes one.
        takes_address: whether it is about the mails to somebody.
    """

    title: str
    text: str
    values: Mapping[str, Any]
    takes_address: bool = False


PRESETS = {
    "order-lost": Preset(
        "The next order is lost",
        "Its document never arrives at the key center, and the second mail never comes.",
        {"kind": "feed-lost", "to": "keycenter", "times": 1},
    ),
    "order-late": Preset(
        "The next order is a day late",
        "Its document arrives at the key center when the clock has gone on by a day.",
        {"kind": "feed-delay", "to": "keycenter", "minutes": DAY, "times": 1},
    ),
    "key-center-slow": Preset(
        "The key center is slow",
        "Each of its answers takes three seconds longer.",
        {"kind": "latency", "system": "keycenter", "ms": 3000},
    ),
    "token-service-down": Preset(
        "The token service is down",
        "It answers every call with 503; products keep what they have.",
        {"kind": "status", "system": "onetrust", "status": 503},
    ),
    "mail-never-comes": Preset(
        "The second mail never comes",
        "Mails to this address come back as undeliverable.",
        {"kind": "mail-bounce"},
        takes_address=True,
    ),
    "mail-in-spam": Preset(
        "Mail goes to spam",
        "Mails to this address are taken for spam.",
        {"kind": "mail-spam"},
        takes_address=True,
    ),
}
KINDS = {
    "mail-bounce": "Mails come back as undeliverable",
    "mail-spam": "Mails are taken for spam",
    "mail-delay": "Mails come late",
    "feed-lost": "Order documents are lost on the way",
    "feed-delay": "Order documents come late",
    "latency": "Answers are slow",
    "status": "Answers are errors",
    "drop-connection": "Connections are dropped",
    "truncate": "Answers break off halfway",
    "after-commit": "The work is done, but the answer is lost",
}
SETTINGS = {
    "to": "To",
    "minutes": "Minutes late",
    "ms": "Milliseconds longer",
    "status": "HTTP status",
    "retry_after": "Retry after (seconds)",
    "close": "Close the connection instead of answering 502",
}
