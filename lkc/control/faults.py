"""Ordering faults, and taking them back."""

from __future__ import annotations

from typing import Any

from flask import Response
from sqlalchemy import delete

from lkc.control.doors import guard
from lkc.control.schemas import FaultAnswerSchema, FaultSchema, fault_order
from lkc.world.clock import to_micros
from lkc.world.faults import described, listed, order
from lkc.world.hold import current_world
from lkc.world.models import Fault
from lkc.world.refusals import Refused
from lkc.world.rest import Blueprint, answer, nothing

blueprint = Blueprint("faults", __name__, url_prefix="/_sim/faults", description="Faults on demand")
blueprint.before_request(guard)

FAULT = FaultSchema()


class NoSuchFault(Refused):
    """No fault has this id."""

    code = "unknown-fault"
    remedy = "List the faults with GET /_sim/faults."


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
    until = to_micros(body["until"]) if "until" in body else None
    return answer(described(order(current_world(), fault_order(body, until))), 201)


@blueprint.route("", methods=["DELETE"])
@blueprint.response(204)
def delete_faults() -> Response:
    """Takes all faults back."""
    current_world().orm.execute(delete(Fault))
    return nothing()


@blueprint.route("/<int(max=9223372036854775807):fault_id>", methods=["DELETE"])
@blueprint.response(204)
def delete_fault(fault_id: int) -> Response:
    """Takes a fault back."""
    world = current_world()
    fault = world.orm.get(Fault, fault_id)
    if fault is None:
        raise NoSuchFault(f"There is no fault {fault_id}.", id=fault_id)
    world.orm.delete(fault)
    return nothing()
