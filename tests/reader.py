"""A reader of pages without JavaScript: opens them, follows links, fills in forms, as a person with a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client, TestResponse

from lkc.app import Landscape


@dataclass
class ShownForm:
    """A form as it stands on a page: where it goes, and what its fields hold; buttons by their labels."""

    action: str
    method: str
    values: dict[str, Any] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class _Parsed(HTMLParser):
    """The forms, links and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self.links: dict[str, str] = {}
        self.text = ""
        self._form: ShownForm | None = None
        self._select: str | None = None
        self._area: str | None = None
        self._link: tuple[str, int] | None = None
        self._button: tuple[str, str, int] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = ShownForm(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self._link = (given["href"], len(self.text))
        elif tag == "button":
            self._button = (given.get("name", ""), given.get("value", ""), len(self.text))
        elif self._form is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name = given.get("name", "")
        if tag == "input" and given.get("type") in {"radio", "checkbox"}:
            if "checked" in given:
                self._form.values[name] = given.get("value", "on")
        elif tag == "input":
            self._form.values[name] = given.get("value", "")
        elif tag == "textarea":
            self._area, self._form.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self._form.values):
            self._form.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "dt", "dd", "li", "p", "option", "label", "span"}:
            self.text += " "
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "a" and self._link is not None:
            self.links.setdefault(self.text[self._link[1] :].strip(), self._link[0])
        elif tag == "button" and self._button is not None and self._form is not None:
            name, value, begin = self._button
            self._form.buttons[self.text[begin:].strip()] = (name, value)

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._form is not None and self._area is not None:
            self._form.values[self._area] += data


class Reader:
    """Somebody who reads the pages of one world.

    Attributes:
        answer: the last page's answer.
    """

    def __init__(self, landscape: Landscape, world: str) -> None:
        self.world = world
        self._client = Client(landscape)
        self.answer: TestResponse
        self._address = ""

    def open(self, path: str, status: int = 200) -> Reader:
        """Opens a page of the world (`/lkc/`), or one by its whole address."""
        path = urlsplit(path).path + (f"?{urlsplit(path).query}" if urlsplit(path).query else "")
        if not path.startswith("/w/"):
            path = f"/w/{self.world}{path}"
        return self._see("GET", path, status)

    def follow(self, label: str, status: int = 200) -> Reader:
        """Follows the link with this text."""
        return self.open(self._joined(self.parsed.links[label]), status)

    def submit(self, button: str, values: dict[str, Any] | None = None, status: int = 200) -> Reader:
        """Fills in the form that has this button, and presses it."""
        return self.send(next(form for form in self.parsed.forms if button in form.buttons), button, values, status)

    def send(self, form: ShownForm, button: str, values: dict[str, Any] | None = None, status: int = 200) -> Reader:
        """Fills in this form and presses its button."""
        name, value = form.buttons[button]
        unknown = {key for key in values or {} if f'name="{key}"' not in self.html}
        assert not unknown, f"the page has no field {unknown}"
        sent = {**form.values, **(values or {}), **({name: value} if name else {})}
        path = self._joined(form.action) if form.action else self._address
        if form.method.lower() == "get":
            return self._see("GET", path.partition("?")[0], status, query_string=sent)
        return self._see("POST", path, status, data=sent)

    @property
    def path(self) -> str:
        """Where the last page is, below the service's root."""
        return self._address.partition("?")[0]

    @property
    def html(self) -> str:
        """The page as it came."""
        return self.answer.get_data(as_text=True)

    @property
    def parsed(self) -> _Parsed:
        """The page's forms and links."""
        return _Parsed(self.html)

    @property
    def text(self) -> str:
        """What is to be read on the page, its white space made single."""
        return " ".join(self.parsed.text.split())

    def _see(self, method: str, path: str, status: int, **options: Any) -> Reader:
        self.answer = self._client.open(path, method=method, **options)
        self._address = path
        for _ in range(5):
            if self.answer.status_code not in {301, 302, 303}:
                break
            self._address = self._joined(self.answer.headers["Location"])
            self.answer = self._client.get(self._address)
        assert self.answer.status_code == status, f"{self.answer.status_code} at {self.path}: {self.text[:500]}"
        return self

    def _joined(self, target: str) -> str:
        parts = urlsplit(target)
        path = parts.path or self.path
        if not path.startswith("/"):
            path = f"{self.path.rpartition('/')[0]}/{path}"
        return path + (f"?{parts.query}" if parts.query else "")
