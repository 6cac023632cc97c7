"""The texts of mails: one folder a mail, with subject, text and HTML."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape


class MailTemplate:
    """A mail's texts, read at first use from `subject.txt`, `body.txt` and `body.html` in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _parts(self) -> tuple[Template, Template, Template]:
        environment = Environment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            autoescape=select_autoescape(["html"]),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        return (
            environment.get_template("subject.txt"),
            environment.get_template("body.txt"),
            environment.get_template("body.html"),
        )

    def render(self, **values: Any) -> tuple[str, str, str]:
        """Subject (one line), text and HTML."""
        subject, text, html = self._parts
        return " ".join(subject.render(values).split()), text.render(values), html.render(values)
