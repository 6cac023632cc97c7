"""Where pages of the desk lead to, and the page that asks whether somebody is sure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, request

from lkc.look.pages import show
from lkc.world.hold import current_hold


def address_of(world: str) -> str:
    """The path of the desk of a world, from the root of the service."""
    return f"{request.root_path.partition('/w/')[0]}/w/{world}/"


def whole_address_of(world: str) -> str:
    """The same with scheme and host, to be handed out."""
    return f"{current_hold().exchange.origin}{address_of(world)}"


def confirm(  # noqa: PLR0913 - what a question consists of
    heading: str, text: str, label: str, *, back: str, at: str, concerned: Sequence[str] = (), kind: str = "danger"
) -> Response:
    """Asks whether somebody is sure; the button sends the page to itself.

    Args:
        heading: what is about to happen.
        text: what it means.
        label: of the button.
        back: where one gets who is not.
        at: place in the rail.
        concerned: what else is named.
        kind: of the button.
    """
    told: dict[str, Any] = {"heading": heading, "text": text, "label": label, "back": back, "at": at, "kind": kind}
    return show("console/confirm.html", concerned=concerned, **told)
