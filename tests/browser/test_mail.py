"""Mails in the browser: what a forger writes does nothing, what our systems write leads on."""

from __future__ import annotations

import pytest

from tests.browser.forgeries import HOSTILE, forgery
from tests.browser.pages import VERA, e_delivery
from tests.browser.visit import Visit

pytestmark = pytest.mark.lkc(from_="demo")


@pytest.mark.parametrize("form", ["", "/html"])
def test_a_hostile_mail_can_do_nothing(visit: Visit, form: str) -> None:
    """No script of it runs, nothing is sent or loaded, and nobody is led away; its HTML is not to be had alone."""
    (number,) = visit.client.mail.post(forgery(VERA, HOSTILE))
    sent: list[str] = []
    visit.page.on("requestfinished", lambda request: sent.append(request.url))
    with visit.expecting("console: ", "failed: ", "elsewhere: "):
        visit.open(f"/mail/messages/{number}{form}")
        visit.page.wait_for_timeout(200)
        frame = visit.page.frames[1]
        frame.evaluate("document.getElementById('away').focus()")
        visit.page.keyboard.press("Enter")
        frame.locator("#give").dispatch_event("click")
        visit.page.wait_for_timeout(200)

        assert visit.page.url == f"{visit.base}/mail/messages/{number}"
        assert visit.page.evaluate("window.harmed") is None
        assert [url for url in sent if not url.startswith(visit.url)] == []
        assert "harmed" not in [cookie["name"] for cookie in visit.page.context.cookies()]


def test_a_link_of_a_systems_mail_leads_on_in_the_whole_window(visit: Visit) -> None:
    """From the frame of the mail to the key center of the same world."""
    visit.open(e_delivery(visit))
    with visit.expecting("404"):
        visit.page.frame_locator("iframe").get_by_role("link", name="License Key Center").click()
        visit.page.wait_for_url("**/lkc/**")

        assert visit.page.url.startswith(f"{visit.base}/lkc/")


def test_a_mail_is_written_and_read_with_the_keyboard_alone(visit: Visit) -> None:
    """Fields in their order, and Enter sends."""
    visit.open(f"/mail/write?to={VERA}")
    keys = visit.page.keyboard
    visit.page.get_by_label("From").focus()
    for text in ("somebody@x.example", None, "Hello"):
        if text:
            keys.type(text)
        keys.press("Tab")
    keys.type("Good morning")
    visit.page.get_by_label("Subject").press("Enter")
    visit.page.wait_for_url("**/mail/messages/*")

    assert "Good morning" in visit.page.locator("pre").inner_text()
