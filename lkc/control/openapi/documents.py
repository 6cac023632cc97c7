"""The documents themselves: of everything, or of one system."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from flask import Flask

from lkc.control.openapi.messages import VERSION, Messages
from lkc.control.openapi.operations import Parts, Route, operation
from lkc.control.openapi.problems import SCHEMA, Problems
from lkc.world.names import DEFAULT
from lkc.world.rest import STATUSES_KEY, Blueprint
from lkc.world.system import SYSTEMS_KEY, System

CONTROL = "control"
_ABOUT = (
    "A simulated license-delivery landscape of about 2013: nothing in it is real. Every path stands under any world: "
    "below `/w/{world}`, or with the header `X-LKC-World`; without either the world `default` is meant. "
    "Whatever is refused is told as a problem document (RFC 9457) with a stable `code` and a `remedy`."
)
_CONTROL_ABOUT = "The simulator itself: worlds, clock, faults, journal, timeline, cases, and why something is as it is."
_HEADERS = {
    "X-LKC-World": ("the world that has answered", {"type": "string"}, "default"),
    "X-Request-Id": ("of this exchange; it stands in journal and timeline", {"type": "string"}, "5f0c92ab315f0c92"),
    "X-LKC-Fault": ("the kinds of the injected faults that acted, where any did", {"type": "string"}, "mail-bounce"),
    "Link": (
        "leads to the next page, where there is one",
        {"type": "string"},
        '<http://127.0.0.1:8019/w/default/ordering/api/v1/orders?limit=100&after=0005283>; rel="next"',
    ),
    "WWW-Authenticate": ("which credential is wanted", {"type": "string"}, 'Basic realm="producer", charset="UTF-8"'),
    "Retry-After": ("seconds (of the world) until the next attempt", {"type": "integer"}, 900),
}
_PARAMETERS = {
    "World": {
        "in": "header",
        "name": "X-LKC-World",
        "description": "the world that is meant; below `/w/{world}` the path goes before it, whatever it says",
        "schema": {"type": "string"},
        "example": "default",
    },
    "RequestId": {
        "in": "header",
        "name": "X-Request-Id",
        "description": "taken over for journal, timeline and answer where it is 1 to 64 letters, digits, `.`, `_` or"
        " `-`; without it, or in another form, one is made",
        "schema": {"type": "string"},
        "example": "my-test-17",
    },
}


def document(app: Flask, system: str | None) -> dict[str, Any]:
    """The OpenAPI document of everything, or of the system with this id, but for `servers` (see `servers`)."""
    parts = Parts(Messages(), Problems(app.config[STATUSES_KEY]))
    paths: dict[str, Any] = {}
    for route in sorted(routes(app), key=lambda found: (found.path, found.method)):
        if system in {None, route.system}:
            paths.setdefault(route.path, {})[route.method.lower()] = operation(route, parts)
    return {
        "openapi": VERSION,
        "info": _info(app, system),
        "tags": [tag for tag in _tags(app) if system in {None, tag["name"]}],
        "paths": paths,
        "components": _components(parts),
    }


def servers(world: str) -> list[dict[str, Any]]:
    """Where a document's paths stand, as seen from a world."""
    name = {"default": world, "description": "name of the world"}
    return [
        {"url": "/w/{world}", "description": "one world", "variables": {"world": name}},
        {"url": "/", "description": f"the world that X-LKC-World names, else `{DEFAULT}`"},
    ]


def routes(app: Flask) -> Iterator[Route]:
    """Every REST route, with each of its methods."""
    for rule in app.url_map.iter_rules():
        blueprint = app.blueprints.get(rule.endpoint.rpartition(".")[0])
        if isinstance(blueprint, Blueprint):
            view = app.view_functions[rule.endpoint]
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Route(rule, method, view, blueprint, _system_of(app, rule.rule))


def _system_of(app: Flask, path: str) -> str:
    systems: tuple[System, ...] = app.config[SYSTEMS_KEY]
    return next((system.id for system in systems if path.startswith(f"{system.prefix}/")), CONTROL)


def _info(app: Flask, system: str | None) -> dict[str, Any]:
    titles = {one.id: one.title for one in app.config[SYSTEMS_KEY]}
    return {
        "title": "LKC Simulator" if system is None else f"LKC Simulator: {titles[system]}",
        "version": version("lkc-simulator"),
        "description": _ABOUT,
        "license": {"name": "MIT", "identifier": "MIT"},
    }


def _tags(app: Flask) -> list[dict[str, str]]:
    systems: tuple[System, ...] = app.config[SYSTEMS_KEY]
    return [{"name": CONTROL, "description": _CONTROL_ABOUT}] + [
        {"name": system.id, "description": f"{system.title}. {system.summary}"} for system in systems
    ]


def _components(parts: Parts) -> dict[str, Any]:
    return {
        "schemas": {"Problem": SCHEMA, **parts.messages.schemas()},
        "responses": dict(sorted(parts.problems.responses.items())),
        "examples": dict(sorted(parts.problems.examples.items())),
        "parameters": _PARAMETERS,
        "headers": {
            name: {"description": description, "schema": schema, "example": example}
            for name, (description, schema, example) in _HEADERS.items()
        },
        "securitySchemes": {
            scheme.name: {"type": "http", "scheme": scheme.kind, "description": scheme.description}
            for scheme in parts.schemes.values()
        },
    }
