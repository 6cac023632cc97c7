"""The stage of a world within the landscape that answers a request, and worlds that begin there."""

from __future__ import annotations

from flask import current_app

from lkc.scenarios.stage import Stage
from lkc.world.credentials import ADMIN_TOKEN_KEY, PRODUCER_KEY
from lkc.world.door import Door
from lkc.world.nested import Application

APPLICATION_KEY = "LKC_APPLICATION"


def stage_for(world: str, door: Door) -> Stage:
    """The stage of a world."""
    application: Application = current_app.config[APPLICATION_KEY]
    return Stage(application, world, current_app.config[PRODUCER_KEY], door, current_app.config[ADMIN_TOKEN_KEY])
