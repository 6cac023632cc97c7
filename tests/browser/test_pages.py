"""What holds for every page: everybody can use it, it fits, it is light, and it keeps to itself."""

from __future__ import annotations

import functools
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest

from lkc.look.assets import bootstrap
from tests.browser.keyboard import tab_through
from tests.browser.markup import mistakes
from tests.browser.visit import THEMES, WIDTHS, Arrival

HEAVIEST = 150 * 1024
RUN_AXE = "axe.run(document, {iframes: false, resultTypes: ['violations']})"


@functools.cache
def axe() -> str:
    """The script of axe-core; the package that ships it is not imported."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def classes_in(css: str) -> set[str]:
    """The classes of which a style sheet knows."""
    return set(re.findall(r"\.([A-Za-z][\w-]*)", css))


def check(there: Arrival, check: str, found: list[str]) -> None:
    """Fails where something was found, unless the page still owes this."""
    if found and check in there.owes:
        pytest.xfail(f"{there.name} still owes: {found}")
    assert found == []


def test_everybody_can_use_it(there: Arrival) -> None:
    """Axe finds nothing serious, in light or dark, wide or narrow."""
    visit, found = there.visit, list[str]()
    visit.page.evaluate(axe())
    for width, theme in ((WIDTHS[0], THEMES[0]), (WIDTHS[0], THEMES[1]), (WIDTHS[1], THEMES[0])):
        visit.wear(width, theme)
        result: dict[str, Any] = visit.page.evaluate(RUN_AXE)
        found += [
            f"{width} {theme} {one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes']][:5]}"
            for one in result["violations"]
            if one["impact"] in {"serious", "critical"}
        ]
    check(there, "axe", found)


def test_it_fits(there: Arrival) -> None:
    """Nothing sticks out to the side, on a desk or on a telephone."""
    found = []
    for width in WIDTHS:
        there.visit.wear(width, "light")
        wide = there.visit.page.evaluate("document.documentElement.scrollWidth")
        found += [f"{wide} wide at {width}"] if wide > width else []
    check(there, "fits", found)


def test_it_is_good_html(there: Arrival) -> None:
    """The page as it is sent keeps to the standard, whatever is in it."""
    check(there, "html", mistakes(there.html))


def test_the_keyboard_is_enough(there: Arrival) -> None:
    """Tab comes to everything, one sees where one is, and the first link leads past what comes before the content."""
    page, found = there.visit.page, list[str]()
    page.goto(there.address)
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.matches('a[href$=\"#content\"]')"):
        page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "content":
        found.append("the first link does not skip to the content")
    page.goto(there.address)
    state = tab_through(page)
    found += [f"not reached: {one}" for one in state["left"]] + [f"no focus seen: {one}" for one in state["unseen"]]
    check(there, "keyboard", found)


def test_it_is_light(there: Arrival) -> None:
    """Everything that a page brings along for the first time is at most 150 KiB."""
    total = sum(there.sizes.values())
    check(there, "light", [f"{total} bytes: {there.sizes}"] if total > HEAVIEST else [])


def test_its_style_has_what_it_uses(there: Arrival) -> None:
    """Of Bootstrap's classes on the page none was taken for unused."""
    page = there.visit.page
    used = set(page.evaluate("[...document.querySelectorAll('[class]')].flatMap(one => [...one.classList])"))
    styles = page.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.href)")
    sent = "".join(page.context.request.get(style).text() for style in styles)
    check(there, "style", sorted(used & classes_in(bootstrap()) - classes_in(sent)))


def test_it_lets_nothing_in(there: Arrival) -> None:
    """The policy of the page allows nothing that is not this service's own, and nothing written into the page."""
    policy = there.headers.get("content-security-policy", "")
    found = [f"no {word}" for word in ("default-src 'none'", "base-uri 'none'", "form-action") if word not in policy]
    found += [f"has {word}" for word in ("unsafe-", "*", "http:", "https:") if word in policy]
    found += [] if there.headers.get("x-content-type-options") == "nosniff" else ["no nosniff"]
    check(there, "policy", found)


def test_its_links_lead_somewhere(there: Arrival) -> None:
    """Whatever it links to is there, and in the same simulator."""
    visit, found = there.visit, list[str]()
    links = visit.page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))")
    for link in sorted({urldefrag(urljoin(there.address, link)).url for link in links}):
        if not link.startswith(f"{visit.url}/"):
            found.append(f"{link} leads out")
            continue
        answer = visit.page.context.request.get(link)
        wanted = there.status if link == there.address else 200
        found += [] if answer.status == wanted else [f"{answer.status} {link}"]
        answer.dispose()
    check(there, "links", found)
