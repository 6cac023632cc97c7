"""The landing page: the systems of the landscape, and where each is reached."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, make_response, render_template

from lkc.world.hold import current_hold, current_world
from lkc.world.system import System

SYSTEMS_KEY = "LKC_SYSTEMS"

blueprint = Blueprint("console", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the landing page: a system, and an address below it that answers to a browser."""

    system: System
    link: str
    label: str


_LINKS = {
    "ordering": ("/ordering/api/v1/orders", "Orders (sign in as producer, producer)"),
    "keycenter": ("/lkc/api/v1/keys", "Public key of license files"),
    "onetrust": ("/onetrust/api/v1/tokens", "Tokens (sign in as producer, producer)"),
    "mail": ("/mail/api/v1/messages", "All mails of this world"),
}


@blueprint.get("/")
def landing_page() -> Response:
    """Lists the systems with links, and says that all of this is simulated."""
    world, base = current_world(), current_hold().exchange.base_url
    systems: tuple[System, ...] = current_app.config[SYSTEMS_KEY]
    entries = [Entry(system, base + _LINKS[system.id][0], _LINKS[system.id][1]) for system in systems]
    response = make_response(
        render_template(
            "console/landing.html",
            base=base,
            world=world.name,
            now=world.clock.now(),
            mode=world.clock.mode.value,
            entries=entries,
        )
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
