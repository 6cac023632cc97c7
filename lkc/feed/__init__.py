"""The documents that travel between the systems."""

from __future__ import annotations

from lkc.feed.dates import PERMANENT, format_date, parse_date, wrong_dates
from lkc.feed.documents import (
    KEY_FILE,
    ONETRUST,
    DocumentLine,
    OrderDocument,
    Person,
    Receipt,
    Receiver,
    document_from,
    left_aside,
)

__all__ = [
    "KEY_FILE",
    "ONETRUST",
    "PERMANENT",
    "DocumentLine",
    "OrderDocument",
    "Person",
    "Receipt",
    "Receiver",
    "document_from",
    "format_date",
    "left_aside",
    "parse_date",
    "wrong_dates",
]
