"""What one can ask about in a world: the latest people, orders and things of which its timeline tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lkc.world.session import WorldSession

LOOKED_THROUGH, MOST_ADDRESSES, MOST_EACH = 400, 30, 2

_SUBJECTS = "SELECT subject FROM world_event ORDER BY id DESC LIMIT ?"
FIELDS = ("order_number", "email", "license_id", "account_id", "token", "installation", "message_id")


def examples(world: WorldSession) -> dict[str, list[str]]:
    """Values to ask about by field, the latest first."""
    found: dict[str, dict[str, None]] = {field: {} for field in FIELDS}
    for subject in _subjects(world):
        for field, values in found.items():
            if field in subject and len(values) < MOST_EACH:
                values[str(subject[field])] = None
    return {field: list(values) for field, values in found.items() if values}


def addresses(world: WorldSession) -> list[str]:
    """The addresses of which something was told last, by name."""
    found: dict[str, None] = {}
    for subject in _subjects(world):
        if "email" in subject and len(found) < MOST_ADDRESSES:
            found[str(subject["email"]).lower()] = None
    return sorted(found)


def _subjects(world: WorldSession) -> Iterator[dict[str, Any]]:
    for (subject,) in world.driver.execute(_SUBJECTS, (LOOKED_THROUGH,)):
        yield json.loads(subject)
