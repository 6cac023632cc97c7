"""The guide for programs that read: what this is, and recipes that work as they stand (`/llms.txt`)."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from lkc.world.hold import current_hold
from lkc.world.system import current_systems

blueprint = Blueprint("guide", __name__, template_folder="templates")


@blueprint.get("/llms.txt")
def guide() -> Response:
    """Plain text, with the address under which it was asked for."""
    text = render_template("console/llms.txt", origin=current_hold().exchange.origin, systems=current_systems())
    return Response(text, mimetype="text/plain")
