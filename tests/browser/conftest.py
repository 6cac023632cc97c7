"""A browser for each process of the suite, and a visit in a fresh world for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from lkc.client import Client
from lkc.client.suite import Suite
from tests.browser.chromium import WAY, find_chromium, launch
from tests.browser.pages import PLACES, Place
from tests.browser.visit import THEMES, WIDTHS, Arrival, Visit, refusals, visiting


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; tests are skipped where there is none, but not in CI."""
    program = find_chromium()
    if program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"There is no Chromium here. {WAY}")
    with sync_playwright() as playwright:
        running = launch(playwright, program)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, lkc_world: Client) -> Iterator[Visit]:
    """A visit of a fresh world; the test fails where anything has gone wrong in the browser meanwhile."""
    with visiting(browser, lkc_world) as begun:
        yield begun
        assert begun.troubles == []


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: place.name)
def arrived(request: pytest.FixtureRequest, browser: Browser, _lkc_suite: Suite) -> Iterator[Arrival]:
    """A page of the list; whoever does not change it shares it."""
    place: Place = request.param
    client = _lkc_suite.begin(from_="demo")
    with visiting(browser, client) as visit:
        yield place.arrive(visit)
    _lkc_suite.end(client)


@pytest.fixture
def there(arrived: Arrival) -> Iterator[Arrival]:
    """A page of the list, wide and light; the test fails where anything has gone wrong in the browser meanwhile."""
    visit = arrived.visit
    visit.wear(WIDTHS[0], THEMES[0])
    yield arrived
    expected = refusals(arrived.status)
    troubles = [one for one in visit.troubles if not any(part in one for part in expected)]
    visit.troubles.clear()
    assert troubles == []
