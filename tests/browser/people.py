"""What people do on the imitated pages, by the labels that they read."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.browser.visit import Visit

# Where one signs in: the label of the name, and the button.
SIGN_IN = {
    "/lkc/login": ("E-mail address", "Log in"),
    "/myiss/sign-in": ("E-mail address", "Sign in"),
    "/support/sign-in": ("IBM ID", "Sign in"),
    "/ordering/sign-in": ("Name", "Sign in"),
}


def fill(visit: Visit, **fields: str) -> None:
    """Fills in the fields with these labels; a blank in a label is an underscore here."""
    for label, text in fields.items():
        visit.page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def press(visit: Visit, button: str) -> None:
    """Presses the button, and waits for the page that comes."""
    visit.page.get_by_role("button", name=button, exact=True).click()


def follow(visit: Visit, link: str) -> None:
    """Follows the link; where there are several of this name, the first."""
    visit.page.get_by_role("link", name=link, exact=True).first.click()


def sign_in(visit: Visit, who: str, password: str) -> None:
    """Signs in at the page that is open."""
    label, button = SIGN_IN[urlsplit(visit.page.url.removeprefix(visit.base)).path]
    fill(visit, **{label: who, "Password": password})
    press(visit, button)


def read(visit: Visit) -> str:
    """What is to be read on the page that is open, its white space made single."""
    return " ".join(visit.page.locator("main").inner_text().split())
