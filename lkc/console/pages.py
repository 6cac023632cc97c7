"""The landing page: the systems of the landscape, and where each is reached."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from lkc.world.hold import current_hold, current_world
from lkc.world.system import current_systems

blueprint = Blueprint("console", __name__, template_folder="templates")


@blueprint.get("/")
def landing_page() -> Response:
    """Lists the systems with links, and says that all of this is simulated."""
    world, base = current_world(), current_hold().exchange.base_url
    response = make_response(
        render_template(
            "console/landing.html",
            base=base,
            world=world.name,
            now=world.clock.now(),
            mode=world.clock.mode.value,
            systems=current_systems(),
        )
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
