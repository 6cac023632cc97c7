"""Pages for browsers that ask for what is not there, or meet a mistake; programs are sent problem documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.http import parse_accept_header

from lkc.look.assets import address
from lkc.look.pages import POLICY, Pages, show
from lkc.look.words import plainly
from lkc.world.problem import MEDIA_TYPE, Problem, phrase_of

HTML = "text/html; charset=utf-8"
KINDS = (MEDIA_TYPE, "application/json", "text/html")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# Heading, and what helps, by code; others have the name of their status, and their own remedy.
WORDS = {
    "not-found": ("There is no such page", "A letter of the address may be wrong, or the page may have gone."),
    "method-not-allowed": (
        "Nothing to look at",
        "Only what a form sends is taken at this address. Go back to the page with the form.",
    ),
    "too-large": ("Too much at once", "Send less at once; a file of orders goes in by parts."),
    "unknown-world": ("There is no such world", "It may have been deleted, or a letter of its name may be wrong."),
}


def wants_page(path: str, accept: str) -> bool:
    """Whether a problem at this path is to be told as a page: to a browser, and not at an interface.

    Args:
        path: below the world.
        accept: the header of the request.
    """
    if "/api/" in path or path.startswith(("/_sim/", "/flexnet/")):
        return False
    return parse_accept_header(accept or "*/*").best_match(KINDS) == "text/html"


def page_of(problem: Problem) -> Response | None:
    """A problem as a page in the frame of the system below which it was met; None for whom wants no page."""
    if not wants_page(request.path, request.headers.get("Accept", "")):
        return None
    there = _pages_at(request.path)
    response = show(
        "look/failed.html",
        status=problem.status,
        frame=there.frame,
        back=f"{request.root_path}{there.url_prefix}/" if there.url_prefix else "",
        at="outside",
        **_told(problem),
    )
    for name, value in (*HEADERS.items(), *problem.extra_headers):
        if name != "WWW-Authenticate":
            response.headers[name] = value
    return response


def outside(app: Flask, environ: Mapping[str, Any], path: str, problem: Problem) -> Problem:
    """A problem in a frame that needs no world, where it goes to a browser; as it is for anybody else.

    Args:
        app: whose templates are used.
        environ: of the request.
        path: below the world.
        problem: what is told.
    """
    if not wants_page(path, environ.get("HTTP_ACCEPT", "")):
        return problem
    with app.app_context():
        page = app.jinja_env.get_template("look/outside.html").render(asset=address, **_told(problem))
    values = {one.name: getattr(problem, one.name) for one in fields(problem)}
    return _Shown(**values, page=page.encode())


@dataclass(frozen=True, kw_only=True)
class _Shown(Problem):
    """A problem that is sent as a page."""

    page: bytes

    def body(self) -> bytes:
        """The page."""
        return self.page

    def headers(self) -> list[tuple[str, str]]:
        """The headers of a page."""
        return [("Content-Type", HTML), *HEADERS.items(), *self.extra_headers]


def _told(problem: Problem) -> dict[str, str]:
    """A problem in the words of a page."""
    heading, remedy = WORDS.get(problem.code, (phrase_of(problem.status), problem.remedy))
    return {"heading": heading, "detail": plainly(problem.detail), "remedy": plainly(remedy)}


def _pages_at(path: str) -> Pages:
    """The pages of the system below which a path is; the desk's for any other."""
    found = [blueprint for blueprint in current_app.blueprints.values() if isinstance(blueprint, Pages)]
    below = [pages for pages in found if f"{path}/".startswith(f"{pages.url_prefix or ''}/")]
    return max(below, key=lambda pages: len(pages.url_prefix or ""))
