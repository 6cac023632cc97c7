"""A system that is served alone, at the root of a port of its own: clients with fixed paths find it there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from lkc.world.selection import PREFIX

Environ = dict[str, Any]
Headers = list[tuple[str, str]]

_WORLD = re.compile(r"(/w/[^/]*)?(.*)", re.DOTALL)
_REWRITTEN = ("application/json", "application/problem+json", "text/html", "text/plain")


class Front:
    """A WSGI application in which a system's paths stand without its prefix.

    Links to the system lead to the port by which the request came, links to other systems to the port of all systems.

    Args:
        landscape: the application of all systems.
        prefix: of the system, e.g. `/onetrust`.
        port: of all systems.
    """

    def __init__(self, landscape: Callable[[Environ, Any], Iterable[bytes]], prefix: str, port: int) -> None:
        self._landscape = landscape
        self._prefix = prefix
        self._port = port

    def __call__(self, environ: Environ, start_response: Callable[..., object]) -> Iterable[bytes]:
        """Answers one request."""
        host = environ.get("HTTP_HOST", "")
        world, rest = _WORLD.fullmatch(environ.get("PATH_INFO", "") or "/").groups("")  # type: ignore[union-attr] # fits all
        environ["PATH_INFO"] = f"{world}{self._prefix}{rest}"
        answer: list[tuple[str, Headers]] = []
        body = self._landscape(environ, lambda status, headers, *_: answer.append((status, list(headers))))
        status, headers = answer[0]
        if not host:
            start_response(status, headers)
            return body
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        origin = f"{environ.get('wsgi.url_scheme', 'http')}://{host}"
        fit = self._fitting(origin)
        if kind.partition(";")[0] in _REWRITTEN:
            content = fit(b"".join(body).decode()).encode()
            close = getattr(body, "close", None)
            if close is not None:
                close()
            headers = [entry for entry in headers if entry[0].lower() != "content-length"]
            headers.append(("Content-Length", str(len(content))))
            body = [content]
        start_response(status, [(name, self._fit_header(name, value, fit)) for name, value in headers])
        return body

    def _fit_header(self, name: str, value: str, fit: Callable[[str], str]) -> str:
        return fit(value) if name.lower() in {"link", "location"} else value

    def _fitting(self, origin: str) -> Callable[[str], str]:
        scheme, _, host = origin.partition("://")
        name = re.sub(r":[0-9]+\Z", "", host)
        everything = f"{scheme}://{name}:{self._port}"
        links = re.compile(rf"{re.escape(origin)}({PREFIX}[a-z0-9-]+)({self._prefix}(?![\w-]))?")

        def put_right(match: re.Match[str]) -> str:
            return f"{origin if match[2] else everything}{match[1]}"

        return lambda text: links.sub(put_right, text)
