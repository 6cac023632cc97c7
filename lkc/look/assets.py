"""Style sheets, scripts and pictures: packed once, named by what is in them, so that a browser keeps them for good."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
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
# Bootstrap comes from the package that ships it; the package itself is never imported.
SHIPPED = {"bootstrap.css": "bootstrap5/css/bootstrap.min.css"}

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


@cache
def asset(name: str) -> Asset | None:
    """The asset of this name, or None."""
    path = STATIC / name
    if name in SHIPPED:
        spec = find_spec("flask_bootstrap")
        assert spec is not None  # noqa: S101 - a dependency
        assert spec.submodule_search_locations is not None  # noqa: S101 - it is a package
        path = Path(spec.submodule_search_locations[0]) / "static" / SHIPPED[name]
    elif path.suffix not in TYPES or path.parent != STATIC or not path.is_file():
        return None
    plain = path.read_bytes()
    if name in SHIPPED:
        plain = plain.partition(b"/*# sourceMappingURL")[0]
    return Asset(hashlib.sha256(plain).hexdigest()[:12], gzip.compress(plain, 9, mtime=0), plain)


def address(name: str) -> str:
    """Where an asset is found, below whatever world. Raises KeyError for one that there is not."""
    found = asset(name)
    if found is None:
        raise KeyError(name)
    return f"{PREFIX}/{found.digest}/{name}"


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
