"""The Chromium of this machine: finding it, starting it. Nothing is downloaded, and nothing leaves the machine."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
WAY = (
    "Install one (Debian: `apt-get install chromium`), or name one by LKC_BROWSER=/path/to/chromium;"
    f" looked for {', '.join(NAMES)}."
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)


def find_chromium() -> str | None:
    """Where the browser is, or None."""
    named = os.environ.get("LKC_BROWSER")
    return next((found for name in ([named] if named else NAMES) if (found := shutil.which(name))), None)


def launch(playwright: Playwright, program: str, rules: str = "") -> Browser:
    """Starts it without a window.

    Args:
        playwright: what drives it.
        program: where it is.
        rules: where names lead that are no names of this machine.
    """
    names = f"--host-resolver-rules={rules}MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    return playwright.chromium.launch(executable_path=program, args=[*FLAGS, names])
