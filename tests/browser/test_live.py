"""Open pages of the desk show what happens as it happens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit

SOON = 10_000


def rows(page: Page, text: str) -> int:
    """How many entries of the timeline have this text."""
    return page.locator(".happening", has_text=text).count()


@pytest.mark.parametrize("path", ["/", "/desk/timeline"])
def test_what_happens_is_shown_without_a_reload(visit: Visit, path: str) -> None:
    """The page stays where it is; only what has changed is put in its place."""
    visit.open(path)
    visit.page.evaluate("window.same = true")

    visit.client.support.create_ibm_id(email="ann@acme.example", password="correct horse")
    visit.client.mail.post(b"From: ann@acme.example\r\nTo: bob@acme.example\r\nSubject: news\r\n\r\nHello")

    expect(visit.page.locator("[data-live]")).to_contain_text("to bob@acme.example", timeout=SOON)
    assert visit.page.evaluate("window.same") is True


def test_without_a_place_for_a_stream_the_page_asks(visit: Visit) -> None:
    """Beyond the bound of streams it looks every few seconds."""
    visit.page.route("**/news", lambda route: route.fulfill(status=503, body=""))
    with visit.expecting("503"):
        visit.open("/desk/timeline")
        visit.client.support.create_ibm_id(email="ann@acme.example", password="correct horse")

        expect(visit.page.locator("[data-live]")).to_contain_text("has an IBM ID", timeout=SOON)
        assert rows(visit.page, "has an IBM ID") == 1


def test_without_scripts_a_reload_does(visit: Visit) -> None:
    """The stream is an extra."""
    visit.page.route("**/live.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    visit.open("/desk/timeline")
    visit.client.support.create_ibm_id(email="ann@acme.example", password="correct horse")
    visit.page.wait_for_timeout(500)
    assert rows(visit.page, "has an IBM ID") == 0

    visit.page.reload()
    assert rows(visit.page, "has an IBM ID") == 1


def test_the_map_is_walked_by_keyboard(visit: Visit) -> None:
    """Nodes and arrows are links: the first node is the order system, Enter goes in."""
    visit.open("/")
    first = visit.page.locator(".map-wide a.map-node").first
    first.focus()
    visit.page.keyboard.press("Tab")
    focused = visit.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("License Key Center")

    visit.page.keyboard.press("Shift+Tab")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/ordering/**")


@pytest.mark.lkc(at="2014-03-03T09:00:57Z")
def test_a_running_clock_goes_on_in_the_banner(visit: Visit) -> None:
    """On every page, as long as the clock runs."""
    visit.client.clock.run()
    visit.open("/mail/")

    expect(visit.page.locator(".band-time")).to_have_text("03 Mar 2014, 09:01 UTC", timeout=SOON)
