"""One operation of the interface: what its route, its notes and its docstring say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask_smorest.spec.plugins import FlaskPlugin
from marshmallow import Schema
from werkzeug.routing import Rule
from werkzeug.routing.converters import IntegerConverter

from lkc.control.openapi.examples import BY_NAME, answer_example, body_example
from lkc.control.openapi.messages import Messages
from lkc.control.openapi.problems import ALWAYS, JSON_ONLY, METHOD_NOT_ALLOWED, NOT_FOUND, WITH_LENGTH, Problems
from lkc.world.credentials import Scheme
from lkc.world.rest import JSON, Blueprint
from lkc.world.strict import Nothing

CHANGING = frozenset({"POST", "PUT", "PATCH"})
EVERYWHERE = ("X-LKC-World", "X-Request-Id", "X-LKC-Fault")
# Parameters of every call, kept once (`components.parameters`).
COMMON = ("World", "RequestId")


@dataclass
class Parts:
    """What the operations of one document share: messages, problems, and who may call."""

    messages: Messages
    problems: Problems
    schemes: dict[str, Scheme] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """A route with the view behind it, and the blueprint and the system that have it."""

    rule: Rule
    method: str
    view: Callable[..., Any]
    blueprint: Blueprint
    system: str

    def notes(self, kind: str) -> list[dict[str, Any]]:
        """What is noted of the view under a heading, outermost first."""
        noted = self.view.__dict__.get("descriptions", [])
        return [what for heading, what in reversed(noted) if heading == kind]

    @property
    def callers(self) -> tuple[Scheme, ...]:
        """Who may call it."""
        own = self.notes("called_by")
        return own[0]["callers"] if own else self.blueprint.callers

    @property
    def is_control(self) -> bool:
        """Whether it must be JSON, with or without a body, where it changes something."""
        return any(scheme.name == "admin" for scheme in self.callers)

    @property
    def path(self) -> str:
        """The path as OpenAPI writes it."""
        found: str = FlaskPlugin.flaskpath2openapi(self.rule.rule)
        return found

    @property
    def has_number(self) -> bool:
        """Whether a number stands in the path: with anything else there, nothing is found."""
        return any(isinstance(converter, IntegerConverter) for converter in self.rule._converters.values())  # noqa: SLF001 - werkzeug tells it nowhere else


def operation(route: Route, parts: Parts) -> dict[str, Any]:
    """An operation object of OpenAPI."""
    summary, _, rest = (route.view.__doc__ or "").strip().partition("\n\n")
    document: dict[str, Any] = {
        "operationId": f"{route.system}_{route.view.__name__}",
        "tags": [route.system],
        "summary": " ".join(summary.split()),
    }
    if rest:
        document["description"] = " ".join(rest.split())
    document["parameters"] = _parameters(route, parts)
    body = _body(route, parts)
    if body is not None:
        document["requestBody"] = body
    document["responses"] = _answers(route, parts) | parts.problems.answers(_refusals(route))
    document["security"] = _security(route, parts)
    return document


def _parameters(route: Route, parts: Parts) -> list[dict[str, Any]]:
    plugin = FlaskPlugin()
    plugin.openapi_version = _Version
    found: list[dict[str, Any]] = plugin.rule_to_params(route.rule)
    for parameter in found:
        if parameter["schema"]["type"] == "string":
            form, example = route.blueprint.path_forms.get(
                parameter["name"], ("^[^/]+$", BY_NAME.get(parameter["name"]))
            )
            parameter["schema"]["pattern"] = form
            if example is not None:
                parameter["example"] = str(example)
        elif parameter["name"] in BY_NAME:
            parameter["example"] = BY_NAME[parameter["name"]]
    for note in route.notes("arguments"):
        if note["location"] == "query":
            found += parts.messages.parameters(note["schema"])
    for note in route.notes("header"):
        found.append({"in": "header", "schema": {"type": "string"}, **note})
    return found + [{"$ref": f"#/components/parameters/{name}"} for name in COMMON]


class _Version:
    """The major version of OpenAPI, as flask-smorest asks for it."""

    major = 3


def _body(route: Route, parts: Parts) -> dict[str, Any] | None:
    for note in route.notes("arguments"):
        if note["location"] == "json":
            schema: Schema = note["schema"]
            needed = note.get("required", any(one.required for one in schema.load_fields.values()))
            return _json_body(schema, parts, needed=needed or route.is_control)
    for note in route.notes("body"):
        content: dict[str, Any] = {kind: {"schema": {"type": "string"}} for kind in note["media_types"]}
        for kind, example in zip(note["media_types"], note["examples"], strict=False):
            content[kind]["example"] = example
        return {"required": True, "content": content}
    if route.is_control and route.method in CHANGING:
        return _json_body(Nothing(), parts, needed=True)
    return None


def _json_body(schema: Schema, parts: Parts, *, needed: bool) -> dict[str, Any]:
    content = {JSON: {"schema": parts.messages.body(schema), "example": body_example(schema)}}
    return {"required": needed, "content": content}


def _answers(route: Route, parts: Parts) -> dict[str, Any]:
    """What is answered to a call that is not refused, by HTTP status."""
    found: dict[str, Any] = {}
    for note in route.notes("response") + route.notes("alt_response"):
        status = note["status_code"]
        answer = found.setdefault(
            str(status),
            {
                "description": note.get("description", HTTPStatus(status).phrase),
                "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in EVERYWHERE},
            },
        )
        answer["headers"] |= _more_headers(route, note)
        content = _content(note, parts)
        if content:
            answer.setdefault("content", {}).update(content)
    return found


def _more_headers(route: Route, note: dict[str, Any]) -> dict[str, Any]:
    headers: dict[str, Any] = dict(note.get("headers") or {})
    pages = [one["schema"] for one in route.notes("arguments") if "after" in one["schema"].fields]
    if pages and note.get("many"):
        headers["Link"] = {"$ref": "#/components/headers/Link"}
    return headers


def _content(note: dict[str, Any], parts: Parts) -> dict[str, Any]:
    schema, media_type = note.get("schema"), note.get("content_type")
    if schema is None:
        if media_type is None:
            return {}
        plain: dict[str, Any] = {"schema": {"type": "string"}}
        return {media_type: plain | ({"example": note["example"]} if "example" in note else {})}
    options = {name: note[name] for name in ("many", "only") if name in note}
    made: Schema = schema(**options) if isinstance(schema, type) else schema
    return {media_type or JSON: {"schema": parts.messages.answer(made), "example": answer_example(made)}}


def _refusals(route: Route) -> list[Any]:
    found: list[Any] = [*ALWAYS]
    found += WITH_LENGTH if route.notes("body") else JSON_ONLY
    found += [NOT_FOUND, METHOD_NOT_ALLOWED] if route.has_number else []
    found += [refusal for scheme in route.callers for refusal in scheme.refusals]
    found += [refusal for note in route.notes("refuses") for refusal in note["refusals"]]
    return found


def _security(route: Route, parts: Parts) -> list[dict[str, list[str]]]:
    parts.schemes |= {scheme.name: scheme for scheme in route.callers if scheme.kind}
    return [{scheme.name: []} if scheme.kind else {} for scheme in route.callers]
