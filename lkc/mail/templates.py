"""The texts of our systems' mails: one folder a mail, with subject, text and HTML, written out when somebody reads."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_templates: dict[str, MailTemplate] = {}


class MailTemplate:
    """A mail's texts, read at first use from `subject.txt`, `body.txt` and `body.html` in a folder.

    The subject is a format string (`{order[order_number]}`), the bodies are Jinja templates.

    A mail is kept as the name of its template and its data; text and HTML follow from these, and most mails of a
    world are never read.

    Args:
        name: by which it is found again, `system/mail`.
        folder: where the three texts are.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        _templates[name] = self

    @cached_property
    def _subject(self) -> str:
        return " ".join((self._folder / "subject.txt").read_text(encoding="utf-8").split())

    @cached_property
    def _bodies(self) -> tuple[Template, Template]:
        plain, markup = self._environment(escapes=False), self._environment(escapes=True)
        return plain.get_template("body.txt"), markup.get_template("body.html")

    def subject(self, values: dict[str, Any]) -> str:
        """The subject, one line."""
        return self._subject.format_map(values)

    def bodies(self, values: dict[str, Any]) -> tuple[str, str]:
        """Text and HTML."""
        text, html = self._bodies
        return text.render(values), html.render(values)

    def _environment(self, *, escapes: bool) -> Environment:
        return Environment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            autoescape=escapes,  # noqa: S701 - plain texts are not markup
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )


def bodies_of(template: str, data: str) -> tuple[str, str]:
    """Text and HTML of a mail that was kept as a template's name and its data."""
    return _templates[template].bodies(orjson.loads(data))
