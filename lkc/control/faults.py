"""Ordering faults, and taking them back."""

from __future__ import annotations

from typing import Any

from flask import Response

from lkc.control.doors import CONTROL, guard
from lkc.world.controls.faults import (
    FaultAnswerSchema,
    FaultKindSchema,
    FaultSchema,
    OperationSchema,
    OperationSearchSchema,
    order_fault,
    take_fault_back,
    take_faults_back,
)
from lkc.world.faults import NoSuchFault, described, listed
from lkc.world.hold import current_hold, current_world
from lkc.world.operations import current_operations
from lkc.world.rest import Blueprint, answer, nothing
from lkc.world.system import current_systems
from lkc.world.wire_faults import ANY_SYSTEM, KINDS

blueprint = Blueprint("faults", __name__, url_prefix="/_sim/faults", description="Faults on demand", callers=CONTROL)
blueprint.before_request(guard)

FAULT, OPERATIONS = FaultSchema(), OperationSearchSchema()


@blueprint.route("", methods=["GET"])
@blueprint.response(200, FaultAnswerSchema, many=True)
def list_faults() -> Response:
    """All faults on order, and how often each met and acted."""
    return answer([described(fault) for fault in listed(current_world())])


@blueprint.route("/kinds", methods=["GET"])
@blueprint.response(200, FaultKindSchema, many=True)
def list_kinds() -> Response:
    """What can go wrong on demand, where, and with which settings."""
    systems = [system.id for system in current_systems()]
    kinds = [(kind, [ANY_SYSTEM, *systems]) for kind in KINDS.values()]
    kinds += [(kind, [system.id]) for system in current_systems() for kind in system.faults]
    return answer(
        [
            {"kind": kind.name, "systems": where, "needs": sorted(kind.needed), "takes": sorted(kind.allowed)}
            for kind, where in kinds
        ]
    )


@blueprint.route("/operations", methods=["GET"])
@blueprint.arguments(OPERATIONS, location="query")
@blueprint.response(200, OperationSchema, many=True)
def list_operations(search: dict[str, Any]) -> Response:
    """What a fault can be narrowed to: by name within its system, or by method and path."""
    wanted = search.get("system", ANY_SYSTEM)
    return answer(
        [
            {"system": one.system, "operation": one.name, "method": one.method, "path": one.path}
            for one in current_operations().all
            if wanted in {ANY_SYSTEM, one.system}
        ]
    )


@blueprint.route("", methods=["POST"])
@blueprint.arguments(FAULT)
@blueprint.response(201, FaultAnswerSchema)
def create_fault(body: dict[str, Any]) -> Response:
    """Orders a fault; it acts from now on."""
    return answer(order_fault(current_hold(), body), 201)


@blueprint.route("", methods=["DELETE"])
@blueprint.response(204)
def delete_faults() -> Response:
    """Takes all faults back."""
    take_faults_back(current_hold())
    return nothing()


@blueprint.route("/<int(max=9223372036854775807):fault_id>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(NoSuchFault)
def delete_fault(fault_id: int) -> Response:
    """Takes a fault back."""
    take_fault_back(current_hold(), fault_id)
    return nothing()
