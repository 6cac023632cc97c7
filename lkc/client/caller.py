"""Whoever calls a world: a connection, and the credentials with which he signs in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lkc.client.connection import Answer, Connection

Credentials = tuple[str, str] | None

PAGE = 500
_NEXT = re.compile(r'<([^>]*)>; rel="next"')


class Caller:
    """Calls the systems of one world, always as the same person.

    Args:
        connection: to the world.
        credentials: name and password for HTTP Basic; None is somebody who does not sign in.

    Every call raises Refused or Unreachable.
    """

    def __init__(self, connection: Connection, credentials: Credentials = None) -> None:
        self.connection = connection
        self.credentials = credentials

    def as_nobody(self) -> Caller:
        """The same world without signing in."""
        return Caller(self.connection)

    def send(self, method: str, path: str, **options: Any) -> Answer:
        """One call with the options of httpx."""
        return self.connection.call(method, path, auth=self.credentials, **options)

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON value at a path; parameters that are None are left out."""
        return self.send("GET", path, params=given(parameters)).value()

    def listed(self, path: str, **parameters: Any) -> list[Any]:
        """A list with all its pages."""
        found: list[Any] = []
        wanted: dict[str, Any] = {"limit": PAGE, **given(parameters)}
        while True:
            answer = self.send("GET", path, params=wanted)
            found += answer.value()
            following = _NEXT.search(answer.headers.get("Link", ""))
            if following is None:
                return found
            wanted = dict(parse_qsl(urlsplit(following[1]).query))

    def post(self, path: str, body: Any = None, **parameters: Any) -> Any:
        """Posts a JSON value, or nothing."""
        return self._with_body("POST", path, body, parameters)

    def patch(self, path: str, body: Any, **parameters: Any) -> Any:
        """Changes what is at a path."""
        return self._with_body("PATCH", path, body, parameters)

    def put(self, path: str, body: Any) -> Any:
        """Puts a JSON value at a path."""
        return self._with_body("PUT", path, body, {})

    def delete(self, path: str) -> None:
        """Deletes what is at a path."""
        self.send("DELETE", path)

    def _with_body(self, method: str, path: str, body: Any, parameters: Mapping[str, Any]) -> Any:
        options = {} if body is None else {"json": body}
        return self.send(method, path, params=given(parameters), **options).value()


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not None."""
    return {name: value for name, value in values.items() if value is not None}
