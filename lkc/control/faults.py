"""Ordering faults, and taking them back."""

from __future__ import annotations

from typing import Any

from flask import Response

from lkc.control.doors import CONTROL, guard
from lkc.control.schemas import FaultAnswerSchema, FaultSchema, fault_order
from lkc.world.faults import NoSuchFault, described, listed, order, take_all_back, take_back
from lkc.world.hold import current_world
from lkc.world.rest import Blueprint, answer, nothing

blueprint = Blueprint("faults", __name__, url_prefix="/_sim/faults", description="Faults on demand", callers=CONTROL)
blueprint.before_request(guard)

FAULT = FaultSchema()


@blueprint.route("", methods=["GET"])
@blueprint.response(200, FaultAnswerSchema, many=True)
def list_faults() -> Response:
    """All faults on order, and how often each met and acted."""
    return answer([described(fault) for fault in listed(current_world())])


@blueprint.route("", methods=["POST"])
@blueprint.arguments(FAULT)
@blueprint.response(201, FaultAnswerSchema)
def create_fault(body: dict[str, Any]) -> Response:
    """Orders a fault; it acts from now on."""
    world = current_world()
    return answer(described(order(world, fault_order(body, world.clock))), 201)


@blueprint.route("", methods=["DELETE"])
@blueprint.response(204)
def delete_faults() -> Response:
    """Takes all faults back."""
    take_all_back(current_world())
    return nothing()


@blueprint.route("/<int(max=9223372036854775807):fault_id>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(NoSuchFault)
def delete_fault(fault_id: int) -> Response:
    """Takes a fault back."""
    take_back(current_world(), fault_id)
    return nothing()
