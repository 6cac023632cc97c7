"""Whether the simulator serves, and what."""

from __future__ import annotations

from functools import cache

from flask import Response, current_app

from lkc.control.schemas import HealthSchema
from lkc.world.controls.clock import clock_view
from lkc.world.hold import current_world
from lkc.world.rest import Blueprint, answer
from lkc.world.system import current_systems

RELAY_KEY = "LKC_RELAY"

blueprint = Blueprint("health", __name__, url_prefix="/_sim", description="Health")


@blueprint.route("/health", methods=["GET"])
@blueprint.response(200, HealthSchema)
def show_health() -> Response:
    """That it is alive."""
    return _state()


@blueprint.route("/ready", methods=["GET"])
@blueprint.response(200, HealthSchema)
def show_readiness() -> Response:
    """That it serves this world: only a process that serves can answer at all."""
    return _state()


@cache
def version() -> str:
    """Of the simulator."""
    from importlib import metadata  # noqa: PLC0415 - 8 ms that the start need not pay

    return metadata.version("lkc-simulator")


def _state() -> Response:
    world, relay = current_world(), current_app.config[RELAY_KEY]
    return answer(
        {
            "status": "ok",
            "version": version(),
            "world": world.name,
            "clock": clock_view(world.clock),
            "systems": [system.id for system in current_systems()],
            **({} if relay is None else {"smtp": relay.told()}),
        }
    )
