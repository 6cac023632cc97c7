"""Forms of pages: each is bound to the session in which it was shown, so that no other site can send it."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_wtf import FlaskForm

from lkc.world.hold import current_world
from lkc.world.keys import derive


class Form(FlaskForm):  # type: ignore[misc] # Flask-WTF ships no types
    """A form with the mark that shows it was not made elsewhere; a form without fields is a button."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # likewise
        """How forms of pages are checked: the mark holds as long as the session, whatever the time."""

        csrf_time_limit: ClassVar[Any] = None

        @property
        def csrf_secret(self) -> bytes:
            """The key of the mark, which follows from the world's."""
            return derive(current_world().seed, "forms")
