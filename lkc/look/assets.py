"""Style sheets, scripts and pictures: packed once, named by what is in them, so that a browser keeps them for good."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import flask
from flask import Response, request

from lkc.look.words import plainly

PREFIX = "/_sim/assets"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
STATIC = Path(__file__).parent / "static"
# What pages are styled with, as one file; its own parts in their order.
STYLE = "style.css"
OWN = ("tokens.css", "look.css")

blueprint = flask.Blueprint("look", __name__, url_prefix=PREFIX, template_folder="templates")
blueprint.add_app_template_filter(plainly)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent.

    Attributes:
        digest: hex digits that follow from its content.
        packed: the content, packed with gzip.
        plain: the content.
    """

    digest: str
    packed: bytes
    plain: bytes


def asset(name: str) -> Asset | None:
    """The asset of this name, packed at its first use in this application, or None."""
    packed: dict[str, Asset] = flask.current_app.extensions.setdefault(PREFIX, {})
    if name not in packed:
        plain = _style() if name == STYLE else _read(STATIC / name)
        if plain is None:
            return None
        packed[name] = Asset(hashlib.sha256(plain).hexdigest()[:12], gzip.compress(plain, 9, mtime=0), plain)
    return packed[name]


def address(name: str) -> str:
    """Where an asset is found, below whatever world. Raises KeyError for one that there is not."""
    found = asset(name)
    if found is None:
        raise KeyError(name)
    return f"{PREFIX}/{found.digest}/{name}"


def bootstrap() -> str:
    """The whole style sheet of Bootstrap, from the package that ships it, which is never imported."""
    spec = find_spec("flask_bootstrap")
    assert spec is not None  # noqa: S101 - a dependency
    assert spec.submodule_search_locations is not None  # noqa: S101 - it is a package
    path = Path(spec.submodule_search_locations[0]) / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
    return path.read_text(encoding="utf-8").partition("/*# sourceMappingURL")[0]


def _style() -> bytes:
    """All style sheets as one: of Bootstrap what the templates of this application use, then our own."""
    from lkc.look.purging import purged, words_in  # noqa: PLC0415 - only once in a process

    env = flask.current_app.jinja_env
    assert env.loader is not None  # noqa: S101 - Flask's own
    sources = [env.loader.get_source(env, name)[0] for name in env.list_templates(extensions=["html"])]
    own = [(STATIC / name).read_text(encoding="utf-8") for name in OWN]
    return "\n".join([purged(bootstrap(), words_in(sources)), *own]).encode()


def _read(path: Path) -> bytes | None:
    """A file of ours as it is; None for one that there is not, or that is elsewhere."""
    return path.read_bytes() if path.suffix in TYPES and path.parent == STATIC and path.is_file() else None


@blueprint.get("/<digest>/<name>")
def send_asset(digest: str, name: str) -> Response:
    """An asset; one with another content has another address, so it never grows old."""
    found = asset(name)
    if found is None or found.digest != digest:
        flask.abort(404)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(found.packed, headers={"Content-Encoding": "gzip"})
    else:
        response = Response(found.plain)
    response.headers["Content-Type"] = TYPES[Path(name).suffix]
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
