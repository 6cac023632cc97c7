"""Which world a request means: by path prefix, then header, then host name."""

from __future__ import annotations

from dataclasses import dataclass

from lkc.world.names import DEFAULT

PREFIX = "/w/"
HEADER = "HTTP_X_LKC_WORLD"
HOST_SUFFIX = ".localhost"


@dataclass(frozen=True, slots=True)
class Selected:
    """The name that a request gave, and where it leaves the path.

    Attributes:
        world: the name as it came; no world needs to have it.
        script: the part of the path that named the world, e.g. `/w/acme`, else empty.
        path: the rest of the path, beginning with a slash.
    """

    world: str
    script: str
    path: str


def selected(environ: dict[str, str]) -> Selected:
    """Reads path, header and host of a WSGI environment; `default` where none names a world."""
    path = environ.get("PATH_INFO", "") or "/"
    if path.startswith(PREFIX):
        name, slash, rest = path[len(PREFIX) :].partition("/")
        return Selected(name, PREFIX + name, slash + rest or "/")
    header = environ.get(HEADER)
    if header:
        return Selected(header, "", path)
    host = environ.get("HTTP_HOST", "").partition(":")[0].lower()
    if host.endswith(HOST_SUFFIX):
        return Selected(host.removesuffix(HOST_SUFFIX), "", path)
    return Selected(DEFAULT, "", path)


def origin_of(environ: dict[str, str]) -> str:
    """Scheme and host under which a request came."""
    host = environ.get("HTTP_HOST") or f"{environ.get('SERVER_NAME', 'localhost')}:{environ.get('SERVER_PORT', '80')}"
    return f"{environ.get('wsgi.url_scheme', 'http')}://{host}"
