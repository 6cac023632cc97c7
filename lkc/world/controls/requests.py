"""Exchanges of the journal as they are told: moments as text, the system, bodies as values."""

from __future__ import annotations

from typing import Any

import orjson

from lkc.world.clock import from_micros, stamp
from lkc.world.operations import current_operations

CONTROL = "control"


def exchange_view(kept: dict[str, Any]) -> dict[str, Any]:
    """An exchange with what is easily read of it."""
    system = system_of(kept["path"])
    view = {"id": "", "nested": False, **kept, "at": stamp(from_micros(kept["at"])), "system": system}
    for side in ("request", "response"):
        message = kept.get(side, {"headers": {}})
        view[side] = {**message, "body": _value(message)}
    return view


def system_of(path: str) -> str:
    """The id of the system that was called; `control` where it was the simulator itself."""
    return current_operations().system_of(path) or CONTROL


def _value(message: dict[str, Any]) -> Any:
    """A body as a value where it is JSON and whole, else as text."""
    body = message.get("body")
    if body and message.get("whole") and "json" in message["headers"].get("content-type", ""):
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError:
            return body
    return body
