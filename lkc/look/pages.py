"""Pages of a system: routes that load what they need at their first use, one frame around all, no page without care."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from typing import Any

import flask
from flask import Response, current_app, flash, make_response, render_template, request

from lkc.look.assets import address
from lkc.look.words import plainly
from lkc.world.hold import current_hold, current_world
from lkc.world.problem import problem_of
from lkc.world.refusals import Refused
from lkc.world.rest import STATUSES_KEY

# No page loads or runs anything that does not come from this very service, and none stands in another's frame.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self';"
    " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal in the words of a page.

    Attributes:
        detail: what was wrong, in a sentence.
        remedy: what helps, or empty.
        title: heading of a page that shows nothing else.
    """

    detail: str
    remedy: str
    title: str


def as_refused(refusal: Refused) -> Told:
    """A refusal in its own words."""
    return Told(refusal.detail, refusal.remedy, HTTPStatus(current_app.config[STATUSES_KEY][refusal.code]).phrase)


def status_of(refused: Sequence[Refused]) -> int:
    """The status of a page that tells of refusals: that of the first; 200 where there are none."""
    status: int = current_app.config[STATUSES_KEY][refused[0].code] if refused else 200
    return status


class Pages(flask.Blueprint):
    """The pages of one system.

    A route names its view as text; the module with the views is imported when the first page is asked for, for forms
    and texts cost more than a start may take.

    Args:
        name: of the blueprint, e.g. `portal`.
        import_name: `__name__` of the caller, beside whose package the folder `templates` is.
        views: the module in which the views are.
        prefix: where the pages stand, e.g. `/lkc`.
        frame: the template around the pages; the system's own, extending one of `look/`.
        words: how its pages tell a refusal.
    """

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        views: str,
        prefix: str,
        frame: str,
        words: Callable[[Refused], Told] = as_refused,
    ) -> None:
        super().__init__(name, import_name, url_prefix=prefix, template_folder="templates")
        self.frame = frame
        self._words = words
        self._views = views
        self.register_error_handler(Refused, self._refused)
        self.after_request(_guarded)

    def page(self, rule: str, view: str, *methods: str) -> None:
        """Registers a page; its view is the function of this name in the module of views.

        Without methods it is only looked at (GET).
        """

        def load(**values: Any) -> Any:
            return getattr(import_module(self._views), view)(**values)

        self.add_url_rule(rule, endpoint=view, view_func=load, methods=list(methods) or ["GET"])

    def _refused(self, refusal: Refused) -> Response:
        current_hold().keep = refusal.keeps_work
        status = current_app.config[STATUSES_KEY][refusal.code]
        headers = dict(problem_of(refusal, {refusal.code: status}).extra_headers)
        headers.pop("WWW-Authenticate", None)
        told = self._words(refusal)
        response = show("look/refused.html", status=status, refusal=refusal, told=told, frame=self.frame)
        response.headers.extend(headers)
        return response


def show(template: str, *, status: int = 200, **values: Any) -> Response:
    """A page: a template within the frame, with the banner of its world.

    Args:
        template: its name; it extends the frame of its system.
        status: HTTP status.
        values: what the template needs.
    """
    world = current_world()
    frame_values = {
        "world": world.name,
        "now": world.clock.now(),
        "mode": world.clock.mode.value,
        "home": f"{request.root_path}/",
        "asset": address,
        "here": request.path,
        "plain_form": _plain_form,
    }
    response = make_response(render_template(template, **frame_values, **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


@contextmanager
def attempt(told: list[Refused] | None = None, *, remedies: Mapping[str, str] | None = None) -> Iterator[None]:
    """A block that may be refused: the refusal is told on the next page that is shown, and nothing is kept of it.

    Args:
        told: takes the refusal, for a page that shows it in a place of its own instead.
        remedies: what helps on these pages, by code, where a refusal's own remedy is for programs.
    """
    try:
        yield
    except Refused as refusal:
        current_hold().keep = refusal.keeps_work
        if told is not None:
            told.append(refusal)
        else:
            warned(refusal.detail, (remedies or {}).get(refusal.code, refusal.remedy))


def done(text: str) -> None:
    """Tells on the next page that something was done."""
    flash({"text": text, "remedy": ""}, "done")  # type: ignore[arg-type] # any JSON value will do


def warned(text: str, remedy: str) -> None:
    """Tells on the next page that something was not done, and what helps; calls that it names for programs go."""
    flash({"text": plainly(text), "remedy": plainly(remedy)}, "refused")  # type: ignore[arg-type] # likewise


def _plain_form() -> Any:
    """A form without fields, for a button that changes something."""
    from lkc.look.forms import Form  # noqa: PLC0415 - 13 ms, for which the first page has time

    return Form(formdata=None)


def _guarded(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    return response
