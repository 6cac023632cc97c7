"""How soon pages are to be seen, where there is a browser."""

from __future__ import annotations

import statistics
import sys

from tests.bench.measure import Figure
from tests.browser.paint import PLAIN, first_paints

BOUND = 100


def pages() -> list[Figure]:
    """First paint of the pages, in the middle and of the slowest; nothing where there is no Chromium."""
    try:
        each = first_paints()
    except LookupError as error:
        print(f"pages are left out: {error.args[0]}", file=sys.stderr)
        return []
    floor = each.pop(PLAIN)
    slowest = max(each, key=each.__getitem__)
    taken = {"first paint of a page": statistics.median(each.values()), f"first paint of {slowest}": each[slowest]}
    least = f"{floor:.0f} ms (a page of plain text)"
    return [
        Figure(name, f"{ms:.0f} ms", least, f"{ms / floor:.1f}", f"<= {BOUND} ms", ms <= BOUND)
        for name, ms in taken.items()
    ]
