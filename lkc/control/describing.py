"""The interface described: OpenAPI documents of everything and of each system."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from flask import Response, current_app
from marshmallow import INCLUDE, Schema, fields

from lkc.world.hold import current_hold
from lkc.world.rest import Blueprint, answer
from lkc.world.system import System

EXTENSION = "lkc-openapi"


class DocumentSchema(Schema):
    """An OpenAPI 3.1 document."""

    answer_example: ClassVar[dict[str, Any]] = {
        "openapi": "3.1.0",
        "servers": [],
        "info": {"title": "LKC Simulator", "version": "1.0"},
        "tags": [],
        "paths": {},
        "components": {},
    }

    class Meta:
        """It is checked against OpenAPI's own schema, not here."""

        unknown = INCLUDE

    openapi = fields.String(metadata={"example": "3.1.0"})
    servers = fields.List(fields.Dict(), metadata={"example": []})
    info = fields.Dict(metadata={"example": {}})
    tags = fields.List(fields.Dict(), metadata={"example": []})
    paths = fields.Dict(metadata={"example": {}})
    components = fields.Dict(metadata={"example": {}})


def described(systems: Iterable[System]) -> Blueprint:
    """The routes at which the documents of these systems, and of everything, are found; they take no credential."""
    blueprint = Blueprint("openapi", __name__, description="The interface described")

    @blueprint.route("/_sim/openapi", methods=["GET"])
    @blueprint.response(200, DocumentSchema)
    def show_document() -> Response:
        """The OpenAPI document of everything."""
        return _document(None)

    for system in systems:
        _describe(blueprint, system)
    return blueprint


def _describe(blueprint: Blueprint, system: System) -> None:
    @blueprint.route(f"{system.prefix}/api/v1/openapi", methods=["GET"], endpoint=f"of_{system.id}")
    @blueprint.response(200, DocumentSchema)
    def show_document_of_system() -> Response:
        """The OpenAPI document of this system."""
        return _document(system.id)


def _document(system: str | None) -> Response:
    """A document, which is made at the first request for it: that takes a quarter of a second."""
    from lkc.control.openapi.documents import document, servers  # noqa: PLC0415 - as said

    made: dict[str | None, dict[str, Any]] = current_app.extensions.setdefault(EXTENSION, {})
    if system not in made:
        made[system] = document(current_app, system)
    return answer({**made[system], "servers": servers(current_hold().name)})
