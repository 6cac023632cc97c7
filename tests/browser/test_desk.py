"""The trainer's desk in a browser: forms that were refused, and a class that refreshes itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import RUN_AXE, axe
from tests.browser.visit import THEMES, WIDTHS, Visit


def test_a_refused_form_can_be_used_by_everybody(visit: Visit) -> None:
    """With a mistake at every field nothing sticks out, and axe finds nothing serious."""
    visit.open("/desk/worlds/new")
    page = visit.page
    page.get_by_text("Clock and seed").click()
    page.get_by_label("Name").fill("Not a Name")
    page.get_by_label("Seed", exact=True).fill("many")
    page.get_by_label("Clock shows").fill("soon")
    with visit.expecting("422"):
        page.get_by_role("button", name="Make this world").click()
        expect(page.get_by_text("Not a valid integer.")).to_be_visible()

    page.evaluate(axe())
    for width in WIDTHS:
        for theme in THEMES:
            visit.wear(width, theme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = page.evaluate(RUN_AXE)["violations"]
            assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


def test_a_class_refreshes_itself(visit: Visit) -> None:
    """What has happened in a learner's world is seen without a hand being moved."""
    of = f"c{visit.client.world.replace('-', '')}"[:20]
    name = f"class-{of}-ann"
    visit.client.worlds.create(name=name, from_="empty")
    visit.page.clock.install()
    visit.open(f"/desk/class?of={of}")
    expect(visit.page.get_by_text("nothing yet")).to_be_visible()

    visit.client.in_world(name).clock.advance(days=2)
    visit.page.clock.fast_forward(11_000)

    expect(visit.page.get_by_text("The clock shows 2014-03-05T09:00:00Z")).to_be_visible()
    expect(visit.page.get_by_text("Refreshed at")).to_be_visible()
    visit.client.worlds.delete(name)


@pytest.mark.parametrize("path", ["/", "/desk/questions", "/desk/explain"])
def test_a_page_begins_high_up_on_a_telephone(visit: Visit, path: str) -> None:
    """Within 300 pixels: the rail takes two lines, the clock two more, and what is wanted less often opens."""
    visit.wear(400, "light")
    visit.open(path)
    heading = visit.page.get_by_role("heading", level=1).bounding_box()
    assert heading is not None
    assert heading["y"] + heading["height"] < 300

    go = visit.page.get_by_role("button", name="Go", exact=True)
    expect(go).not_to_be_visible()
    visit.page.get_by_text("More", exact=True).click()
    expect(visit.page.get_by_role("button", name="No expiry ahead")).to_be_disabled()
    visit.page.get_by_label("Go to").fill("2015-01-31T12:30")
    go.click()
    expect(visit.page.get_by_text("The clock shows 2015-01-31 12:30 UTC.")).to_be_visible()

    visit.wear(1280, "light")
    expect(go).to_be_visible()
    expect(visit.page.get_by_text("More", exact=True)).not_to_be_visible()
