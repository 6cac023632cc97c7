"""Paths put together from names, each of which stays one part of its path."""

from __future__ import annotations

from urllib.parse import quote


def path_of(*parts: str | int) -> str:
    """A path such as `/worlds/acme/fork`, with each part quoted.

    Raises ValueError for a part that can be none: empty, or points, which lead upwards even where they are quoted.
    """
    for part in parts:
        if part in {"", ".", ".."}:
            raise ValueError(f"{part!r} cannot be a part of a path")
    return "".join([f"/{quote(str(part), safe='')}" for part in parts])
