"""Ordering faults, and taking them back."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from lkc.control.doors import CONTROL, guard
from lkc.control.fault_schemas import (
    FaultAnswerSchema,
    FaultKindSchema,
    FaultSchema,
    OperationSchema,
    OperationSearchSchema,
    fault_order,
)
from lkc.world.faults import NoSuchFault, described, listed, order, take_all_back, take_back
from lkc.world.hold import current_hold, current_world
from lkc.world.operations import current_operations
from lkc.world.rest import Blueprint, answer, nothing
from lkc.world.session import Access
from lkc.world.system import current_systems
from lkc.world.wire_faults import ANY_SYSTEM, KINDS, FaultBoard

BOARD_KEY = "LKC_FAULT_BOARD"

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
    with current_hold().transaction(Access.WRITE) as world:
        made = described(order(world, fault_order(body, world.clock)))
    _announce()
    return answer(made, 201)


@blueprint.route("", methods=["DELETE"])
@blueprint.response(204)
def delete_faults() -> Response:
    """Takes all faults back."""
    with current_hold().transaction(Access.WRITE) as world:
        take_all_back(world)
    _announce()
    return nothing()


@blueprint.route("/<int(max=9223372036854775807):fault_id>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(NoSuchFault)
def delete_fault(fault_id: int) -> Response:
    """Takes a fault back."""
    with current_hold().transaction(Access.WRITE) as world:
        take_back(world, fault_id)
    _announce()
    return nothing()


def _announce() -> None:
    """Makes known what has been committed: until then others would look up what was before."""
    board: FaultBoard = current_app.config[BOARD_KEY]
    board.announce()
