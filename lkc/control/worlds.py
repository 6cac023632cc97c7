"""Making, copying, resetting and deleting worlds."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from lkc.control.doors import guard
from lkc.control.schemas import ForkSchema, NewWorldSchema, WorldSchema
from lkc.seeds.recipes import Recipe, origin_of
from lkc.world.clock import DEFAULT_START, Mode, stamp
from lkc.world.hold import current_hold
from lkc.world.journal import Journal
from lkc.world.names import DEFAULT, checked, fresh
from lkc.world.refusals import Invalid, Refused
from lkc.world.rest import Blueprint, answer, nothing
from lkc.world.store import WorldInfo

JOURNAL_KEY = "LKC_JOURNAL"
RECIPES_KEY = "LKC_RECIPES"

blueprint = Blueprint("worlds", __name__, url_prefix="/_sim/worlds", description="Worlds")
blueprint.before_request(guard)

NEW, FORK = NewWorldSchema(), ForkSchema()


class DefaultWorld(Refused):
    """The world that is meant where a call names none: without it, most calls would lead nowhere."""

    code = "default-world"
    remedy = "Reset it with POST /_sim/worlds/default/reset."


@blueprint.route("", methods=["POST"])
@blueprint.arguments(NEW)
@blueprint.response(201, WorldSchema)
def create_world(body: dict[str, Any]) -> Response:
    """Makes a world: an empty one, a seed such as `demo`, or a copy of another (`from: "world:NAME"`)."""
    name = checked(body["name"]) if "name" in body else fresh()
    source, store = body["from_"], current_hold().store
    if source.startswith("world:"):
        return answer(_view(store.fork(source.removeprefix("world:"), name)), 201)
    if source != "empty" and source not in _recipes():
        names = ", ".join(["empty", *_recipes()])
        raise Invalid({"field": "from", "message": f"must be one of {names}, or world:NAME", "received": source})
    origin = origin_of(
        _recipes().get(source),
        seed=body.get("seed", 1),
        at=body.get("at", DEFAULT_START),
        mode=body.get("clock", Mode.FROZEN),
    )
    return answer(_view(store.create(name, origin)), 201)


@blueprint.route("", methods=["GET"])
@blueprint.response(200, WorldSchema, many=True)
def list_worlds() -> Response:
    """All worlds by name."""
    return answer([_view(info) for info in current_hold().store.list()])


@blueprint.route("/<name>", methods=["GET"])
@blueprint.response(200, WorldSchema)
def show_world(name: str) -> Response:
    """One world."""
    return answer(_view(current_hold().store.info(name)))


@blueprint.route("/<name>", methods=["DELETE"])
@blueprint.response(204)
def delete_world(name: str) -> Response:
    """Deletes a world with all that belongs to it; `default` stays, for calls that name no world."""
    if name == DEFAULT:
        raise DefaultWorld("The world 'default' cannot be deleted.")
    current_hold().store.delete(name)
    _journal().clear(name)
    return nothing()


@blueprint.route("/<name>/fork", methods=["POST"])
@blueprint.arguments(FORK)
@blueprint.response(201, WorldSchema)
def fork_world(body: dict[str, Any], name: str) -> Response:
    """Copies a world as it is now; a reset leads the copy back to this moment."""
    copy = checked(body["name"]) if "name" in body else fresh()
    return answer(_view(current_hold().store.fork(name, copy)), 201)


@blueprint.route("/<name>/reset", methods=["POST"])
@blueprint.response(200, WorldSchema)
def reset_world(name: str) -> Response:
    """Leads a world back to its origin, clock, faults and numbers included, and empties its journal."""
    info = current_hold().store.reset(name)
    _journal().clear(name)
    return answer(_view(info))


def _recipes() -> dict[str, Recipe]:
    found: dict[str, Recipe] = current_app.config[RECIPES_KEY]
    return found


def _journal() -> Journal:
    journal: Journal = current_app.config[JOURNAL_KEY]
    return journal


def _view(info: WorldInfo) -> dict[str, Any]:
    root = current_hold().exchange.base_url.rpartition("/w/")[0]
    return {
        "name": info.name,
        "url": f"{root}/w/{info.name}",
        "from": info.source,
        "seed": info.seed,
        "clock": {"now": stamp(info.now), "mode": info.mode.value},
    }
