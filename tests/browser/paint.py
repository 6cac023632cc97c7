"""`python -m tests.browser.paint`: how long each page takes until something is to be seen, on this machine."""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import sync_playwright

from lkc.client import Client
from lkc.client.serving import Server
from tests.browser.chromium import WAY, find_chromium, launch
from tests.browser.pages import PLACES
from tests.browser.visit import Visit, visiting

ROUNDS = 9
# A page without style and script: what the browser and the way to the simulator take.
PLAIN = "plain text"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def first_paints() -> dict[str, float]:
    """Median milliseconds from asking for a page to its first paint, by page, `PLAIN` among them.

    Its style sheets are known already.

    Raises LookupError where there is no Chromium.
    """
    program = find_chromium()
    if program is None:
        raise LookupError(WAY)
    found: dict[str, float] = {}
    with Server() as server, Client(server.url) as client, sync_playwright() as playwright:
        browser = launch(playwright, program)
        for place in PLACES:
            client.worlds.create(name="paint", from_="demo")
            with visiting(browser, client.in_world("paint")) as visit:
                if not found:
                    visit.open("/llms.txt?plain")
                    found[PLAIN] = _first_paint(visit)
                place.reach(visit)
                found[place.name] = _first_paint(visit)
            client.worlds.delete("paint")
        browser.close()
    return found


def _first_paint(visit: Visit) -> float:
    """Of the page that is open, in milliseconds from asking for it on a plain page, which is soon put away."""
    taken: list[float] = []
    url = visit.page.url
    for _ in range(ROUNDS):
        visit.open("/llms.txt")
        visit.page.goto(url)
        while (painted := visit.page.evaluate(PAINT)) is None:
            visit.page.wait_for_timeout(5)
        taken.append(painted)
    return statistics.median(taken)


if __name__ == "__main__":
    for name, milliseconds in first_paints().items():
        sys.stdout.write(f"{name:24} {milliseconds:6.0f} ms\n")
