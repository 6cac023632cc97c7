"""The interface to read and to try out: Swagger UI, from files that are installed with us, without any network."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, send_from_directory

from lkc.world.hold import current_hold
from lkc.world.system import current_systems

PATH = "/_sim/docs"
# What the page needs of the package; it holds more.
FILES = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})
# Swagger UI sets styles by script and draws its icons from data; it calls nothing but the simulator itself.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

blueprint = Blueprint("documentation", __name__, template_folder="templates")


@blueprint.get(PATH)
def to_documentation() -> Response:
    """Leads to the page, whose own files stand below it."""
    made = redirect(f"{current_hold().exchange.base_url}{PATH}/")
    return Response(made.get_data(), made.status_code, made.headers)


@blueprint.get(f"{PATH}/")
def documentation() -> Response:
    """The page for the world with which it was asked for."""
    titles = {system.prefix: system.title for system in current_systems()}
    base = current_hold().exchange.base_url
    return _guarded(Response(render_template("console/documentation.html", base=base, systems=titles)))


@blueprint.get(f"{PATH}/start.js")
def start_script() -> Response:
    """What starts Swagger UI; the page itself may hold no script."""
    text = render_template("console/documentation.js")
    return _guarded(Response(text, mimetype="text/javascript"))


@blueprint.get(f"{PATH}/<any({', '.join(repr(name) for name in sorted(FILES))}):name>")
def documentation_file(name: str) -> Response:
    """One of Swagger UI's own files."""
    return _guarded(send_from_directory(_folder(), name, max_age=86_400))


@cache
def _folder() -> Path:
    """Where the package has its files; it need not be imported for that."""
    found = find_spec("flask_swagger_ui")
    if found is None or found.origin is None:
        raise RuntimeError("flask-swagger-ui is not installed")
    return Path(found.origin).parent / "dist"


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
