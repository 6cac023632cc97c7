"""Pages of a system at a port of its own: everything on them fits that port."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from lkc.client import Client
from lkc.client.serving import Server
from tests.browser.pages import PASSWORD, VERA
from tests.browser.people import fill, follow, press, read
from tests.browser.visit import Visit, visiting


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    """A simulator of the demo world, with two systems at ports of their own."""
    with Server("demo", "--system-port", "keycenter=0", "--system-port", "mail=0") as server:
        yield server


@pytest.fixture
def alone(browser: Browser, served: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit at the port of the system that the test names."""
    with Client(served.url) as client:
        world = client.worlds.create(from_="demo")["name"]
        url = served.variables[f"LKC_URL_{request.param}"]
        with visiting(browser, client.in_world(world), url) as visit:
            yield visit
            assert visit.troubles == []


@pytest.mark.parametrize("alone", ["KEYCENTER"], indirect=True)
def test_a_member_works_in_the_key_center_at_its_own_port(alone: Visit, served: Server) -> None:
    """Log in, generate, save, log out: links, forms, redirects, cookies, styles and files stay at the port."""
    alone.open("/")
    assert alone.page.url == f"{alone.base}/login"
    assert alone.page.evaluate("getComputedStyle(document.body).display") == "flex"
    fill(alone, **{"E-mail address": VERA, "Password": PASSWORD})
    press(alone, "Log in")
    follow(alone, "0005284")
    follow(alone, "Licenses for this Order")
    alone.page.get_by_role("radio").first.check()
    press(alone, "Generate")
    with alone.expecting("net::ERR_ABORTED"), alone.page.expect_download() as download:
        follow(alone, "Save")
    assert download.value.suggested_filename.endswith("_key.isslicense")
    follow(alone, "Account Members")
    assert alone.page.url.startswith(f"{alone.base}/accounts/")
    (cookie,) = alone.page.context.cookies()
    assert (cookie["name"], cookie["path"]) == ("lkc-lkc-alone", f"/w/{alone.client.world}/")
    banner = alone.page.locator(".band-desk").get_attribute("href")
    assert banner == f"{served.url}/w/{alone.client.world}/"
    press(alone, "Log out")
    assert "You are logged out." in read(alone)


@pytest.mark.parametrize("alone", ["MAIL"], indirect=True)
def test_mails_are_read_at_a_port_of_their_own(alone: Visit, served: Server) -> None:
    """The frame of a mail is filled, and the links of our systems lead to the port of all systems."""
    alone.open(f"/inbox?of={VERA}")
    alone.page.get_by_role("link", name="License keys").first.click()
    link = alone.page.frame_locator("iframe").get_by_role("link", name="License Key Center")

    assert (link.get_attribute("href") or "").startswith(f"{served.url}/w/{alone.client.world}/lkc/")
    assert alone.page.url.startswith(f"{alone.base}/messages/")
