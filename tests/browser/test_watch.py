"""The checks themselves: they see what they are there for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Error, Route

from tests.browser.keyboard import tab_through
from tests.browser.markup import mistakes
from tests.browser.visit import Visit

GOOD = (
    "<!doctype html><html lang=en><head><title>t</title></head><body><form><label for=a>A</label>"
    "<input id=a name=a><button>Go</button></form></body></html>"
)


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ("<script>console.error('broken')</script>", "console: broken"),
        ("<script>null.x</script>", "script: "),
        ("<img src=/no-such-picture alt=''>", "answered: 404"),
        ("<img src=http://elsewhere.example/x.png alt=''>", "elsewhere: http://elsewhere.example/x.png"),
    ],
)
def test_a_trouble_of_a_page_is_taken_down(visit: Visit, body: str, trouble: str) -> None:
    """Errors of scripts, answers that are none, and requests that leave this service."""

    def fulfil(route: Route) -> None:
        route.fulfill(body=f"<!doctype html><title>t</title>{body}", content_type="text/html")

    visit.page.route("**/myiss/sign-in", fulfil)
    with visit.expecting("broken", "null", "404", "elsewhere", "NOT_RESOLVED"):
        visit.open("/myiss/sign-in")
        assert [one for one in visit.troubles if one.startswith(trouble)]


def test_what_the_policy_forbids_is_taken_down(visit: Visit) -> None:
    """A script that is written into a page does not run, and does not pass unseen."""
    visit.open("/myiss/sign-in")
    with visit.expecting("Content Security Policy"):
        visit.page.evaluate(
            "() => { const script = document.createElement('script'); script.textContent = 'window.ran = true';"
            " document.body.append(script); }"
        )
        assert visit.page.evaluate("window.ran") is None
        assert len(visit.troubles) == 1


def test_nothing_leaves_the_machine(visit: Visit) -> None:
    """The browser finds no address but loopback's."""
    with visit.expecting("elsewhere"), pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        visit.page.goto("http://elsewhere.example/")


@pytest.mark.parametrize(
    ("html", "mistake"),
    [
        (GOOD, None),
        (GOOD.replace("</form>", ""), "form"),
        (GOOD.replace("<button>", "<button id=a>"), "comes 2 times"),
        (GOOD.replace("for=a", "for=b"), "leads nowhere"),
        (GOOD.replace("<label for=a>A</label>", ""), "has no label"),
        (GOOD.replace("<button>Go</button>", ""), "has no button"),
    ],
)
def test_mistakes_in_html_are_found(html: str, mistake: str | None) -> None:
    """Syntax, ids, references, labels, forms that nobody can send."""
    found = mistakes(html)
    assert bool(found) is (mistake is not None)
    assert mistake is None or mistake in " ".join(found)


def test_what_the_keyboard_does_not_reach_is_found(visit: Visit) -> None:
    """A button that is passed over, and one that does not show the focus."""
    visit.open("/myiss/sign-in")
    visit.page.evaluate(
        "() => { const [passed, blind] = ['Passed', 'Blind'].map(text => {"
        " const made = document.createElement('button'); made.textContent = text;"
        " document.querySelector('main').append(made); return made; });"
        " passed.tabIndex = -1; blind.style.setProperty('outline', 'none', 'important'); }"
    )
    state = tab_through(visit.page)
    assert state["left"] == ["button Passed"]
    assert set(state["unseen"]) == {"button Blind"}


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_without_a_browser_tests_are_skipped_but_not_in_ci(ci: str, outcome: str) -> None:
    """Both say how to get one."""
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", "nothing_leaves_the_machine"],
        env={**os.environ, "CI": ci, "LKC_BROWSER": "no-such-browser"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert outcome in said
    assert "apt-get install chromium" in said
