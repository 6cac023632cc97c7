"""Whether an answer is as the OpenAPI document says: every call of the suite over the wire is looked at."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import jsonschema_rs
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from lkc.control.openapi.documents import document, routes

EXTENSION = "tests.described"
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


class Description:
    """The document of an application, to compare answers with."""

    def __init__(self, app: Flask) -> None:
        self._map = app.url_map.bind("localhost")
        made = document(app, None)
        self._components = made["components"]
        self._operations = {
            (route.rule.endpoint, route.method): made["paths"][route.path][route.method.lower()]
            for route in routes(app)
        }
        self._validators: dict[tuple[str, int, str], Any] = {}

    def check(self, method: str, path: str, response: TestResponse) -> None:
        """Fails where the document does not know such an answer, with what to add and where."""
        operation = self._operation(method, path)
        # What a fault of the wire puts in the place of an answer is no answer of the operation.
        if operation is None or response.mimetype == "text/event-stream" or "X-LKC-Fault" in response.headers:
            return
        status, name, media_type = response.status_code, operation["operationId"], response.mimetype or ""
        answer = self._resolved(operation["responses"].get(str(status), {}))
        body = response.get_json() if media_type.endswith("json") else None
        code = f" ({body['code']})" if status >= 400 and body else ""
        assert answer, _advice(name, f"status {status}{code}")
        content = answer.get("content", {})
        assert media_type in (content or {""}), _advice(name, f"{status} as {media_type}")
        if body is None:
            return
        for error in self._validator(name, status, media_type, content).iter_errors(body):
            place = "/".join(map(str, error.instance_path)) or "the whole"
            raise AssertionError(_advice(name, f"{status}{code}: {place}: {error.message[:300]}"))

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        if method not in METHODS:
            return None
        try:
            endpoint, _ = self._map.match(unquote(path.partition("?")[0]), method)
        except (HTTPException, RequestRedirect):
            return None
        return self._operations.get((endpoint, method))

    def _resolved(self, answer: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = (
            self._components["responses"][answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
        )
        return found

    def _validator(self, name: str, status: int, media_type: str, content: dict[str, Any]) -> Any:
        key = (name, status, media_type)
        if key not in self._validators:
            whole = {**content[media_type]["schema"], "components": {"schemas": self._components["schemas"]}}
            self._validators[key] = jsonschema_rs.validator_for(whole)
        return self._validators[key]


def check(app: Flask, method: str, path: str, response: TestResponse) -> None:
    """Fails where an answer is not as the application's document says."""
    found: Description | None = app.extensions.get(EXTENSION)
    if found is None:
        found = app.extensions[EXTENSION] = Description(app)
    found.check(method, path, response)


def _advice(operation: str, what: str) -> str:
    return (
        f"The OpenAPI document does not know this answer of {operation}: {what}. Beside the view, "
        "`@blueprint.refuses(TheRefusal)` names a refusal, `@blueprint.response` or `alt_response` another answer; a "
        'member that is not always there says so in its schema: metadata={"sometimes": True}.'
    )
