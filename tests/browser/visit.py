"""A visit of a world's pages with a browser, during which nothing may go wrong unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from playwright.sync_api import Response as Answer

from lkc.client import Client

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (1280, 400)
HEIGHT = 800


@dataclass
class Visit:
    """Somebody who looks at the pages of one world.

    Attributes:
        client: of that world, to prepare what the pages show.
        page: the browser's.
        url: the simulator's address, as the browser knows it.
        troubles: what went wrong so far: errors on the console, failed requests, requests that leave this service.
    """

    client: Client
    page: Page
    url: str
    troubles: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address below which the pages of the world stand."""
        return f"{self.url}/w/{self.client.world}"

    def open(self, path: str) -> Answer:
        """Opens a page of the world, e.g. `/mail/`."""
        answer = self.page.goto(f"{self.base}{path}")
        assert answer is not None, f"{path} is the page that was open already"
        return answer

    def wear(self, width: int, theme: Theme) -> None:
        """Sets the width of the window, in pixels, and light or dark."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme=theme)

    @contextmanager
    def expecting(self, *parts: str) -> Iterator[None]:
        """A block in which troubles that contain one of these texts (`401`) are none."""
        before = len(self.troubles)
        yield
        self.troubles[before:] = [
            trouble for trouble in self.troubles[before:] if not any(part in trouble for part in parts)
        ]

    def watch(self) -> None:
        """Begins to take down what goes wrong."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)
        self.page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # Who goes on to another page no longer waits for what this one had asked for.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.url} {request.failure}")

    def _answered(self, answer: Answer) -> None:
        if answer.status >= 400:
            self.troubles.append(f"answered: {answer.status} {answer.url}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.netloc != urlsplit(self.url).netloc:
            self.troubles.append(f"elsewhere: {request.url}")


def refusals(status: int) -> tuple[str, ...]:
    """What browsers say of an answer with this status, where it is no success."""
    return (f"answered: {status}", f"status of {status}") if status >= 400 else ()


@dataclass(frozen=True)
class Arrival:
    """A page that was reached for the first time, with nothing kept from before.

    Attributes:
        name: of the page in the list.
        owes: checks that it does not pass yet.
        status: with which it was answered.
        address: where it was found.
        html: the page as it was sent.
        headers: what came with it, names in lower case.
        sizes: bytes that went over the wire, by address.
    """

    visit: Visit
    name: str
    owes: frozenset[str]
    status: int
    address: str
    html: str
    headers: dict[str, str]
    sizes: dict[str, int]


@contextmanager
def visiting(browser: Browser, client: Client, url: str = "", *, scripts: bool = True) -> Iterator[Visit]:
    """A visit with cookies and cache of its own; `url` is another address by which the browser gets there."""
    context: BrowserContext = browser.new_context(
        viewport={"width": WIDTHS[0], "height": HEIGHT},
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
        java_script_enabled=scripts,
    )
    try:
        context.set_default_timeout(15_000)
        visit = Visit(client, context.new_page(), url or client.url)
        visit.watch()
        yield visit
    finally:
        context.close()
