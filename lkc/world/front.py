"""A system that is served alone, at the root of a port of its own: clients with fixed paths find it there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from lkc.world.selection import PREFIX

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Fit = Callable[[str], str]

# What pages of every system are made of; it is served at every port.
ASSETS = "/_sim/assets/"
_WORLD = re.compile(r"(/w/[^/]*)?(.*)", re.DOTALL)
_PAGE = "text/html"
_REWRITTEN = ("application/json", "application/problem+json", _PAGE, "text/plain")
# An address on a page that begins at the root. Within text, quotes are written otherwise.
_ADDRESS = re.compile(r'\b(href|action|src)="(/(?!/)[^"]*)"')
# Browsers send cookies to every port of a host; those of such a port end so, to be told from those of the usual one.
_OWN = "-alone"
_COOKIE = re.compile(r"\A(lkc-\w+)=(.*; ?Path=)([^;]*)", re.DOTALL | re.IGNORECASE)


class Front:
    """A WSGI application in which a system's paths stand without its prefix.

    Links to the system lead to the port by which the request came, links to other systems and to the desk to the port
    of all systems; so do addresses on pages and redirects. Cookies are of this port alone.

    Args:
        landscape: the application of all systems.
        prefix: of the system, e.g. `/onetrust`.
        port: of all systems.
    """

    def __init__(self, landscape: Callable[[Environ, Any], Iterable[bytes]], prefix: str, port: int) -> None:
        self._landscape = landscape
        self._prefix = prefix
        self._port = port
        self._own = re.compile(rf"\A(/w/[^/?#]*)?{prefix}(?![\w-])/?(.*)", re.DOTALL)

    def __call__(self, environ: Environ, start_response: Callable[..., object]) -> Iterable[bytes]:
        """Answers one request."""
        host = environ.get("HTTP_HOST", "")
        path = environ.get("PATH_INFO", "") or "/"
        world, rest = _WORLD.fullmatch(path).groups("")  # type: ignore[union-attr] # fits all
        environ["PATH_INFO"] = path if path.startswith(ASSETS) else f"{world}{self._prefix}{rest}"
        if "HTTP_COOKIE" in environ:
            environ["HTTP_COOKIE"] = _known(environ["HTTP_COOKIE"])
        answer: list[tuple[str, Headers]] = []
        body = self._landscape(environ, lambda status, headers, *_: answer.append((status, list(headers))))
        status, headers = answer[0]
        if not host:
            start_response(status, headers)
            return body
        kind = next((value for name, value in headers if name.lower() == "content-type"), "").partition(";")[0]
        origin = f"{environ.get('wsgi.url_scheme', 'http')}://{host}"
        fit, fit_path = self._fitting(origin), self._fitting_path(origin)
        if kind in _REWRITTEN:
            text = fit(b"".join(body).decode())
            if kind == _PAGE:
                text = _ADDRESS.sub(lambda match: f'{match[1]}="{fit_path(match[2])}"', text)
            content = text.encode()
            close = getattr(body, "close", None)
            if close is not None:
                close()
            headers = [entry for entry in headers if entry[0].lower() != "content-length"]
            headers.append(("Content-Length", str(len(content))))
            body = [content]
        start_response(status, [(name, self._fit_header(name, value, fit, fit_path)) for name, value in headers])
        return body

    def _fit_header(self, name: str, value: str, fit: Fit, fit_path: Fit) -> str:
        kind = name.lower()
        if kind == "set-cookie":
            return _COOKIE.sub(lambda match: f"{match[1]}{_OWN}={match[2]}{self._own_path(match[3])}", value)
        if kind == "location" and value.startswith("/"):
            return fit_path(value)
        return fit(value) if kind in {"link", "location"} else value

    def _own_path(self, path: str) -> str:
        """A path of the system as it is at this port; any other as it is."""
        return self._own.sub(lambda match: f"{match[1] or ''}/{match[2]}", path)

    def _fitting_path(self, origin: str) -> Fit:
        """What makes of a path at the usual port one at this port, or an address at the usual one."""
        elsewhere = self._everything(origin)

        def put_right(path: str) -> str:
            if self._own.fullmatch(path):
                return self._own_path(path)
            return path if path.startswith(ASSETS) else f"{elsewhere}{path}"

        return put_right

    def _fitting(self, origin: str) -> Fit:
        everything = self._everything(origin)
        links = re.compile(rf"{re.escape(origin)}({PREFIX}[a-z0-9-]+)({self._prefix}(?![\w-]))?")

        def put_right(match: re.Match[str]) -> str:
            return f"{origin if match[2] else everything}{match[1]}"

        return lambda text: links.sub(put_right, text)

    def _everything(self, origin: str) -> str:
        """The address of the port of all systems."""
        scheme, _, host = origin.partition("://")
        name = re.sub(r":[0-9]+\Z", "", host)
        return f"{scheme}://{name}:{self._port}"


def _known(cookies: str) -> str:
    """The cookies of this port under the names that the system knows; without those of the usual port."""
    kept = []
    for cookie in cookies.split(";"):
        name, _, value = cookie.strip().partition("=")
        if name.endswith(_OWN):
            kept.append(f"{name.removesuffix(_OWN)}={value}")
        elif not name.startswith("lkc-"):
            kept.append(cookie.strip())
    return "; ".join(kept)
