"""`python -m tests.browser.paint`: how long each page takes until something is to be seen, on this machine."""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import sync_playwright

from lkc.client import Client
from lkc.client.serving import Server
from tests.browser.chromium import WAY, find_chromium, launch
from tests.browser.pages import PLACES
from tests.browser.visit import visiting

ROUNDS = 7
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def first_paints() -> dict[str, float]:
    """Median milliseconds from asking for a page to its first paint, by page; its style sheets are known already.

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
                place.reach(visit)
                taken = []
                for _ in range(ROUNDS):
                    visit.page.goto(visit.page.url)
                    while (painted := visit.page.evaluate(PAINT)) is None:
                        visit.page.wait_for_timeout(5)
                    taken.append(painted)
                found[place.name] = statistics.median(taken)
            client.worlds.delete("paint")
        browser.close()
    return found


if __name__ == "__main__":
    for name, milliseconds in first_paints().items():
        sys.stdout.write(f"{name:24} {milliseconds:6.0f} ms\n")
