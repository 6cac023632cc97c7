"""Other moments of a world: saving it, loading what was saved, and undoing the last change."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, fields

from lkc.control.doors import CONTROL, guard
from lkc.control.schemas import ClockSchema
from lkc.world.clock import stamp
from lkc.world.controls import snapshots
from lkc.world.hold import current_hold
from lkc.world.names import FORM
from lkc.world.rest import Blueprint, answer, nothing
from lkc.world.snapshots import NothingToUndo, Snapshot, UnknownSnapshot
from lkc.world.store import WorldInfo

FORMS = {"name": (FORM, "before-the-renewal")}

blueprint = Blueprint(
    "snapshots", __name__, url_prefix="/_sim", description="Snapshots and undo", callers=CONTROL, path_forms=FORMS
)
blueprint.before_request(guard)


class SnapshotSchema(Schema):
    """A moment of the world that was saved."""

    name = fields.String(metadata={"example": "before-the-renewal"})
    at = fields.String(metadata={"description": "what the world's clock showed", "example": "2014-03-03T09:00:00Z"})
    size = fields.Integer(metadata={"description": "in bytes", "example": 393216})


class LoadedSchema(Schema):
    """The snapshot to which the world was led back, and what its clock shows."""

    loaded = fields.String(metadata={"example": "before-the-renewal"})
    clock = fields.Nested(ClockSchema)


class CheckpointSchema(Schema):
    """A change before which a checkpoint was taken."""

    reason = fields.String(metadata={"example": "clock advance"})
    at = fields.String(
        metadata={"description": "what the world's clock showed before it", "example": "2014-03-03T09:00:00Z"}
    )


class UndoneSchema(Schema):
    """What was undone, what the clock shows, and what can be undone next."""

    undone = fields.Nested(CheckpointSchema)
    clock = fields.Nested(ClockSchema)
    left = fields.List(fields.Nested(CheckpointSchema), metadata={"description": "the last first"})


@blueprint.route("/snapshots", methods=["GET"])
@blueprint.response(200, SnapshotSchema, many=True)
def list_snapshots() -> Response:
    """The snapshots of the world, by name."""
    hold = current_hold()
    return answer([_view(found) for found in hold.store.snapshots.saved(hold.name)])


@blueprint.route("/snapshots/<name>", methods=["PUT"])
@blueprint.response(201, SnapshotSchema)
@blueprint.alt_response(200, schema=SnapshotSchema)
def save_snapshot(name: str) -> Response:
    """Saves the world as it is; a snapshot of this name is replaced (200). It stays until the world is deleted."""
    saved, is_new = snapshots.save_snapshot(current_hold(), name)
    return answer(_view(saved), 201 if is_new else 200)


@blueprint.route("/snapshots/<name>/load", methods=["POST"])
@blueprint.response(200, LoadedSchema)
@blueprint.refuses(UnknownSnapshot)
def load_snapshot(name: str) -> Response:
    """Leads the world back to a snapshot, clock, faults and numbers included; a running clock runs on from there."""
    info = snapshots.load_snapshot(current_hold(), name)
    return answer({"loaded": name, "clock": _clock_view(info)})


@blueprint.route("/snapshots/<name>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(UnknownSnapshot)
def delete_snapshot(name: str) -> Response:
    """Deletes a snapshot."""
    hold = current_hold()
    hold.store.snapshots.delete(hold.name, name)
    return nothing()


@blueprint.route("/undo", methods=["POST"])
@blueprint.response(200, UndoneSchema)
@blueprint.refuses(NothingToUndo)
def undo_change() -> Response:
    """Leads the world back to before the last arrangement, play, change of the clock, import or loaded state."""
    hold = current_hold()
    undone, info = hold.store.snapshots.undo(hold.name)
    left = hold.store.snapshots.checkpoints(hold.name)
    views = [{"reason": one.reason, "at": stamp(one.at)} for one in (undone, *left)]
    return answer({"undone": views[0], "clock": _clock_view(info), "left": views[1:]})


def _view(snapshot: Snapshot) -> dict[str, Any]:
    return {"name": snapshot.name, "at": stamp(snapshot.at), "size": snapshot.size}


def _clock_view(info: WorldInfo) -> dict[str, str]:
    return {"now": stamp(info.now), "mode": info.mode.value}
