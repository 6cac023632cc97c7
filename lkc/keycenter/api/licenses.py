"""Orders and licenses of the caller, Generate, and the files."""

from __future__ import annotations

from typing import Any

from flask import Response

from lkc.keycenter.files.grant import MEDIA_TYPES
from lkc.keycenter.generation import file_of, generate
from lkc.keycenter.membership import SYSTEM
from lkc.keycenter.refusals import CannotGenerate, NotGenerated, NotVisible
from lkc.keycenter.schemas import (
    FLEXNET_EXAMPLE,
    ISSLICENSE_EXAMPLE,
    FileSchema,
    GeneratedSchema,
    GenerateSchema,
    LicenseSchema,
    OrderSchema,
    license_view,
    order_view,
)
from lkc.keycenter.sign_in import MEMBER, SESSION, current_caller
from lkc.keycenter.visibility import (
    license_rows,
    visible_license,
    visible_license_row,
    visible_order,
    visible_orders,
)
from lkc.world.credentials import NOBODY, PRODUCER
from lkc.world.hold import current_hold, current_world
from lkc.world.key_set import KeySetSchema
from lkc.world.keys import signer
from lkc.world.paging import PageSchema, paged
from lkc.world.rest import Blueprint, answer

PREFIX = "/lkc/api/v1"

blueprint = Blueprint(
    "keycenter_licenses",
    __name__,
    url_prefix=PREFIX,
    description="License Key Center: orders and licenses",
    callers=(MEMBER, SESSION, PRODUCER),
)
DISPOSITION = {"Content-Disposition": {"description": "the name under which to save it", "schema": {"type": "string"}}}

GENERATE, FILE, PAGE = GenerateSchema(), FileSchema(), PageSchema()


@blueprint.route("/orders", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, OrderSchema, many=True)
def list_orders(page: dict[str, Any]) -> Response:
    """The orders on all of the caller's accounts."""
    world = current_world()
    orders = visible_orders(world, current_caller(world), page.get("after"), page["limit"] + 1)
    return paged([order_view(order) for order in orders], page["limit"], "order_number")


@blueprint.route("/orders/<order_number>/licenses", methods=["GET"])
@blueprint.response(200, LicenseSchema, many=True)
@blueprint.refuses(NotVisible)
def list_licenses(order_number: str) -> Response:
    """The licenses of an order, by line."""
    world = current_world()
    order = visible_order(world, current_caller(world), order_number)
    return answer([license_view(row) for row in license_rows(world, order.order_number)])


@blueprint.route("/licenses/<license_id>", methods=["GET"])
@blueprint.response(200, LicenseSchema)
@blueprint.refuses(NotVisible)
def show_license(license_id: str) -> Response:
    """One license."""
    world = current_world()
    return answer(license_view(visible_license_row(world, current_caller(world), license_id)))


@blueprint.route("/licenses/<license_id>/generate", methods=["POST"])
@blueprint.arguments(GENERATE, required=False)
@blueprint.response(201, GeneratedSchema)
@blueprint.alt_response(200, schema=GeneratedSchema)
@blueprint.refuses(NotVisible, CannotGenerate)
def generate_license(body: dict[str, Any], license_id: str) -> Response:
    """Generates a license: 201 with a new key; 200 with the same bytes where nothing has changed since."""
    world = current_world()
    caller = current_caller(world)
    made = generate(world, caller, visible_license(world, caller, license_id), body["host_id"], body["format"])
    path = f"{PREFIX}/licenses/{license_id}/file?format={made.format.value}&key_id={made.key_id}"
    view = {
        "key_id": made.key_id,
        "file_name": made.file_name,
        "format": made.format.value,
        "sha256": made.sha256,
        "href": f"{current_hold().exchange.base_url}{path}",
    }
    return answer(view, 201 if made.is_new else 200)


@blueprint.route("/licenses/<license_id>/file", methods=["GET"])
@blueprint.arguments(FILE, location="query")
@blueprint.response(200, content_type="application/xml", headers=DISPOSITION, example=ISSLICENSE_EXAMPLE)
@blueprint.response(200, content_type="text/plain", headers=DISPOSITION, example=FLEXNET_EXAMPLE)
@blueprint.refuses(NotVisible, NotGenerated)
def download_file(query: dict[str, Any], license_id: str) -> Response:
    """The license file of a key, or without `key_id` the one that was generated last."""
    world = current_world()
    license_ = visible_license(world, current_caller(world), license_id)
    made = file_of(world, license_, query.get("key_id"), query["format"])
    response = Response(made.content, mimetype=MEDIA_TYPES[made.format])
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


@blueprint.route("/keys", methods=["GET"])
@blueprint.called_by(NOBODY)
@blueprint.response(200, KeySetSchema)
def list_keys() -> Response:
    """The public key with which license files verify, as a JSON Web Key Set."""
    return answer({"keys": [signer(current_world().seed, SYSTEM).jwk()]})
