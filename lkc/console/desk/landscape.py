"""The first page: the systems of the landscape."""

from __future__ import annotations

from flask import Response

from lkc.look.pages import show
from lkc.world.system import current_systems


def landscape_page() -> Response:
    """The systems with their entrances, and what the simulator itself offers."""
    return show("console/landscape.html", systems=current_systems())
