"""Making, copying, resetting and deleting worlds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response

from lkc.control.doors import CONTROL, guard
from lkc.control.schemas import DifferenceSchema, ForkSchema, WorldSchema
from lkc.scenarios.beginnings import Beginning, begin_here
from lkc.scenarios.new_world import NewWorldSchema
from lkc.scenarios.refusals import CannotArrange, UnknownCase
from lkc.world.clock import stamp
from lkc.world.controls import worlds
from lkc.world.controls.worlds import DefaultWorld
from lkc.world.hold import current_hold
from lkc.world.names import FORM, fresh
from lkc.world.refusals import ClockBackwards, WorldExists
from lkc.world.rest import Blueprint, answer, nothing
from lkc.world.snapshots import UnknownSnapshot
from lkc.world.store import WorldInfo

FORMS = {"name": (FORM, "default"), "other": (FORM, "acme")}

blueprint = Blueprint(
    "worlds", __name__, url_prefix="/_sim/worlds", description="Worlds", callers=CONTROL, path_forms=FORMS
)
blueprint.before_request(guard)

MOST_CHANGES = 1000

NEW, FORK = NewWorldSchema(), ForkSchema()


@blueprint.route("", methods=["POST"])
@blueprint.arguments(NEW)
@blueprint.response(201, WorldSchema)
@blueprint.refuses(WorldExists, UnknownCase, CannotArrange, UnknownSnapshot, ClockBackwards)
def create_world(body: dict[str, Any]) -> Response:
    """Makes a world: an empty one, a seed such as `demo`, an arranged case (`scenario:NN/CASE`), or a copy.

    `world:NAME` copies another world as it is now, `snapshot:NAME` a snapshot of the world that this call names. `at`
    is what the clock shows at first; a case is arranged at its own moment, and the clock goes on from there.
    """
    name = body.pop("name") if "name" in body else fresh()
    wanted = Beginning(**body, here=current_hold().name)
    return answer(world_view(begin_here(current_hold(), name, wanted)), 201)


@blueprint.route("", methods=["GET"])
@blueprint.response(200, WorldSchema, many=True)
def list_worlds() -> Response:
    """All worlds by name."""
    return answer([world_view(info) for info in current_hold().store.list()])


@blueprint.route("/<name>", methods=["GET"])
@blueprint.response(200, WorldSchema)
def show_world(name: str) -> Response:
    """One world."""
    return answer(world_view(current_hold().store.info(name)))


@blueprint.route("/<name>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(DefaultWorld)
def delete_world(name: str) -> Response:
    """Deletes a world with all that belongs to it; `default` stays, for calls that name no world."""
    worlds.delete_world(current_hold(), name)
    return nothing()


@blueprint.route("/<name>/fork", methods=["POST"])
@blueprint.arguments(FORK)
@blueprint.response(201, WorldSchema)
@blueprint.refuses(WorldExists)
def fork_world(body: dict[str, Any], name: str) -> Response:
    """Copies a world as it is now; a reset leads the copy back to this moment."""
    copy = body["name"] if "name" in body else fresh()
    return answer(world_view(worlds.copy_world(current_hold(), name, copy)), 201)


@blueprint.route("/<name>/diff/<other>", methods=["GET"])
@blueprint.response(200, DifferenceSchema)
def compare_worlds(name: str, other: str) -> Response:
    """What is different in another world, in words of its systems; no changes where both are equal."""
    from lkc.scenarios.differences import differences  # noqa: PLC0415 - the start needs no documents

    found, left_out = differences(current_hold().store, name, other, MOST_CHANGES)
    return answer({"changes": [asdict(change) for change in found], "left_out": left_out})


@blueprint.route("/<name>/reset", methods=["POST"])
@blueprint.response(200, WorldSchema)
def reset_world(name: str) -> Response:
    """Leads a world back to its origin, clock, faults and numbers included, and empties its journal."""
    return answer(world_view(worlds.reset_world(current_hold(), name)))


def world_view(info: WorldInfo) -> dict[str, Any]:
    """A world as it is told of."""
    root = current_hold().exchange.base_url.rpartition("/w/")[0]
    return {
        "name": info.name,
        "url": f"{root}/w/{info.name}",
        "from": info.source,
        "seed": info.seed,
        "clock": {"now": stamp(info.now), "mode": info.mode.value},
    }
