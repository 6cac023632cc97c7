"""How dates of the feed read: text that may mean a day, or nothing."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

PERMANENT = "permanent"

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATE = re.compile(r"([0-9]{2})-([A-Za-z]{3})-([0-9]{4})\Z")


@lru_cache(maxsize=4096)
def parse_date(text: str) -> date | None:
    """The day a date of the feed means, or None where the text is not well formed.

    Well formed is `DD-MMM-YYYY` with an existing day and an English month in any letter case
    (documented as a cause of failure: Q13; the form itself is the one of license files).
    """
    match = _DATE.match(text)
    if match is None or match[2].upper() not in MONTHS:
        return None
    try:
        return date(int(match[3]), MONTHS.index(match[2].upper()) + 1, int(match[1]))
    except ValueError:
        return None


def format_date(day: date) -> str:
    """A day as the feed writes it: `31-DEC-2014`."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


def wrong_dates(start_date: str | None, expiration_date: str, license_expiration_date: str) -> list[tuple[str, str]]:
    """Field and text of each date of a line that is not well formed, in this order (documented: Q13)."""
    found = []
    if start_date is not None and parse_date(start_date) is None:
        found.append(("start_date", start_date))
    if parse_date(expiration_date) is None:
        found.append(("expiration_date", expiration_date))
    if license_expiration_date.lower() != PERMANENT and parse_date(license_expiration_date) is None:
        found.append(("license_expiration_date", license_expiration_date))
    return found
