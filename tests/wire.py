"""How tests call a world: straight into the WSGI application, as a client would over HTTP."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.test import Client, TestResponse

from lkc.app import Landscape
from tests.described import check

PRODUCER = ("producer", "producer")

Auth = tuple[str, str] | str | None


class Wire:
    """A client of one world; `auth` is name and password, or a bearer token. Every answer must be a described one."""

    def __init__(self, landscape: Landscape, world: str) -> None:
        self.landscape = landscape
        self.world = world
        self._client = Client(landscape)

    def call(self, method: str, path: str, body: Any = None, auth: Auth = None, **options: Any) -> TestResponse:
        """One call; a body that is not bytes goes as JSON."""
        headers = dict(options.pop("headers", {}))
        if isinstance(auth, str):
            headers["Authorization"] = f"Bearer {auth}"
        if body is not None and not isinstance(body, bytes):
            body, headers["Content-Type"] = json.dumps(body), "application/json"
        answered = self._client.open(
            f"/w/{self.world}{path}",
            method=method,
            data=body,
            headers=headers,
            auth=auth if isinstance(auth, tuple) else None,
            **options,
        )
        check(self.landscape.flask, method, path, answered)
        return answered

    def get(self, path: str, auth: Auth = None, **options: Any) -> TestResponse:
        """GET."""
        return self.call("GET", path, None, auth, **options)

    def post(self, path: str, body: Any = None, auth: Auth = None, **options: Any) -> TestResponse:
        """POST."""
        return self.call("POST", path, body, auth, **options)

    def patch(self, path: str, body: Any, auth: Auth = None) -> TestResponse:
        """PATCH."""
        return self.call("PATCH", path, body, auth)

    def put(self, path: str, body: Any, auth: Auth = None) -> TestResponse:
        """PUT."""
        return self.call("PUT", path, body, auth)

    def delete(self, path: str, auth: Auth = None) -> TestResponse:
        """DELETE."""
        return self.call("DELETE", path, None, auth)

    def control(self, method: str, path: str, body: Any = None) -> TestResponse:
        """A control call, as JSON."""
        return self.call(method, f"/_sim{path}", {} if body is None and method != "GET" else body)

    def value(self, response: TestResponse, status: int = 200) -> Any:
        """The JSON value of an answer that has this status."""
        assert response.status_code == status, response.get_data(as_text=True)
        return response.get_json()
