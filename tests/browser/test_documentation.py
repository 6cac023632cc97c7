"""The described interface in a browser: calls are tried out from its page, and nothing else is called."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator
from playwright.sync_api import Response as Answer

from tests.browser.visit import Visit

# Reading a document of the whole landscape and drawing it takes seconds on a busy machine.
PATIENCE = 60_000


def operation(visit: Visit, name: str) -> Locator:
    """An operation of the page, opened and ready to be filled in."""
    block = visit.page.locator(f".opblock[id$='{name}']")
    block.locator(".opblock-summary-control").first.click()
    block.get_by_role("button", name="Try it out").click()
    return block


def executed(visit: Visit, block: Locator, path: str) -> Answer:
    """What the simulator answers once Execute is pressed, when the page has shown it."""
    with visit.page.expect_response(lambda answer: answer.url.startswith(f"{visit.base}{path}")) as answered:
        block.get_by_role("button", name="Execute").click()
    status = block.locator(".live-responses-table .response .response-col_status").first
    status.wait_for()
    assert str(answered.value.status) in status.inner_text()
    return answered.value


def test_calls_are_tried_out_from_the_page(visit: Visit) -> None:
    """A GET, and a POST with JSON that does what it says, in the world whose page it is."""
    visit.page.set_default_timeout(PATIENCE)
    visit.open("/_sim/docs/")
    visit.page.locator("#swagger-ui .opblock-tag-section").first.wait_for()

    visit.page.locator(".filter input").fill("Clock")
    _unfold(visit, "Clock")
    shown: dict[str, Any] = executed(visit, operation(visit, "control_show_clock"), "/_sim/clock").json()
    advancing = operation(visit, "control_advance_clock")
    advancing.locator("textarea").first.fill(json.dumps({"days": 2}))
    advanced = executed(visit, advancing, "/_sim/clock/advance")

    assert shown["now"] == "2014-03-03T09:00:00Z"
    assert (advanced.request.method, advanced.json()["now"]) == ("POST", "2014-03-05T09:00:00Z")
    assert visit.client.clock.show()["now"] == "2014-03-05T09:00:00Z"


def _unfold(visit: Visit, tag: str) -> None:
    section = visit.page.locator(".opblock-tag-section").filter(has_text=tag).first
    section.wait_for()
    if "is-open" not in (section.get_attribute("class") or ""):
        section.locator(".opblock-tag").first.click()
