"""What `lkc start` says when it serves: where everything is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lkc.cli.target import DEFAULT_URL

if TYPE_CHECKING:
    from lkc.world.system import System

# At these addresses one listens; a browser asks for another.
REACHED_BY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - the address is read here, not bound


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds what listens there."""
    reached = REACHED_BY.get(host, host)
    return f"http://{f'[{reached}]' if ':' in reached else reached}:{port}"


def greeting(url: str, systems: Iterable[System], folder: Path | None) -> str:
    """Every address at which a browser may begin.

    Args:
        url: where the simulator is.
        systems: what it serves.
        folder: where worlds are kept; None where nothing is kept.
    """
    kept = "nothing is kept after the end" if folder is None else f"worlds are kept in {folder}"
    places = [
        ("Start page", "/"),
        *((system.title, system.entrance.path) for system in systems),
        ("The 19 questions", "/_sim/scenarios"),
        ("Controls", "/_sim/health"),
    ]
    width = max(len(title) for title, _ in places)
    elsewhere = "" if url == DEFAULT_URL else f"So that other commands find it:  export LKC_URL={url}\n"
    return "\n".join(
        [
            f"LKC Simulator on {url}  ({kept})",
            "",
            *(f"  {title:<{width}}  {url}{path}" for title, path in places),
            "",
            f"{elsewhere}The vendor's staff sign in as producer / producer. Stop with Ctrl-C.",
        ]
    )
