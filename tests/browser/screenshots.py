"""`make screenshots [PAGES="mail-inbox ..."]`: every page, wide and narrow, light and dark, to docs/pages/.

The same pages give the same pictures on the same machine: world, numbers and moment are those of the demo.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from lkc.client import Client
from lkc.client.serving import Server
from tests.browser.chromium import WAY, find_chromium, launch
from tests.browser.pages import PLACES, Place
from tests.browser.visit import HEIGHT, THEMES, WIDTHS, visiting

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pages"
TALLEST, COLOURS = 2000, 256
WORLD = "nordlicht"
# What pages show as the address, whatever port was free.
SHOWN = "localhost:8019"


def main(names: list[str]) -> None:
    """Takes the pictures of these pages, by itself of all."""
    program = find_chromium()
    if program is None:
        sys.exit(f"There is no Chromium here. {WAY}")
    unknown = set(names) - {place.name for place in PLACES}
    if unknown:
        sys.exit(f"There is no page {', '.join(sorted(unknown))}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Server() as server, Client(server.url) as client, sync_playwright() as playwright:
        browser = launch(playwright, program, f"MAP {SHOWN} {urlsplit(server.url).netloc}, ")
        for place in PLACES:
            if not names or place.name in names:
                _take(browser, client, place)
        browser.close()


def _take(browser: Browser, client: Client, place: Place) -> None:
    client.worlds.create(name=WORLD, from_="demo")
    with visiting(browser, client.in_world(WORLD), f"http://{SHOWN}") as visit:
        place.reach(visit)
        for width in WIDTHS:
            visit.wear(width, "light")
            tall = visit.page.evaluate("document.documentElement.scrollHeight")
            for theme in THEMES:
                visit.page.set_viewport_size({"width": width, "height": min(max(tall, HEIGHT), TALLEST)})
                visit.page.emulate_media(color_scheme=theme)
                picture = visit.page.screenshot(animations="disabled", caret="hide")
                (FOLDER / f"{place.name}-{width}-{theme}.webp").write_bytes(_small(picture))
    client.worlds.delete(WORLD)


def _small(picture: bytes) -> bytes:
    """The picture with few colours, which pages have anyway, as lossless WebP: a third of the size."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as full:
        few = full.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.convert("RGB").save(out, "WEBP", lossless=True, method=4)
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
