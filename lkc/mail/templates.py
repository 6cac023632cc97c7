"""The texts of mails: one folder a mail, with subject, text and HTML."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template


class MailTemplate:
    """A mail's texts, read at first use from `subject.txt`, `body.txt` and `body.html` in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _parts(self) -> tuple[Template, Template, Template]:
        plain, markup = self._environment(escapes=False), self._environment(escapes=True)
        return plain.get_template("subject.txt"), plain.get_template("body.txt"), markup.get_template("body.html")

    def render(self, **values: Any) -> tuple[str, str, str]:
        """Subject (one line), text and HTML."""
        subject, text, html = self._parts
        shared = text.new_context(values)
        return (
            " ".join("".join(subject.root_render_func(shared)).split()),
            "".join(text.root_render_func(shared)),
            "".join(html.root_render_func(html.new_context(values))),
        )

    def _environment(self, *, escapes: bool) -> Environment:
        return Environment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            autoescape=escapes,  # noqa: S701 - plain texts are not markup
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
