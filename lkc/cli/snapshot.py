"""`lkc snapshot` and `lkc undo`: other moments of a world to go back to."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, controlling, path_of, table
from lkc.cli.values import snapshot_name

snapshot = click.Group("snapshot", help="Moments of a world that were saved.")


@snapshot.command()
@click.argument("name", callback=snapshot_name)
@controlling
def save(target: Target, name: str) -> None:
    """Save the world as it is; a snapshot of this NAME is replaced."""
    saved = target.connection.control("PUT", path_of("snapshots", name), {})
    target.show(saved, lambda: f"{name} is saved: {saved['at']}, {saved['size'] // 1024} KiB")


@snapshot.command("list")
@controlling
def list_(target: Target) -> None:
    """List the snapshots of the world."""
    found = target.connection.control("GET", "/snapshots")
    rows = [[one["name"], one["at"], str(one["size"] // 1024)] for one in found]
    target.show(found, lambda: table(rows, ["SNAPSHOT", "AT", "KIB"], none="No snapshots."))


@snapshot.command()
@click.argument("name", callback=snapshot_name)
@controlling
def load(target: Target, name: str) -> None:
    """Lead the world back to a snapshot."""
    done = target.connection.control("POST", path_of("snapshots", name, "load"), {})
    target.show(done, lambda: f"The world is as it was saved in {name}. {_clock(done)}")


@snapshot.command()
@click.argument("name", callback=snapshot_name)
@controlling
def delete(target: Target, name: str) -> None:
    """Delete a snapshot."""
    target.connection.control("DELETE", path_of("snapshots", name))
    target.show({"deleted": name}, f"{name} is deleted.")


@click.command()
@controlling
def undo(target: Target) -> None:
    """Go back to before the last arrange, play, clock, import."""
    done = target.connection.control("POST", "/undo", {})
    left = len(done["left"])
    more = f" {left} more can be undone." if left else ""
    target.show(done, lambda: f"Undone: {done['undone']['reason']}. {_clock(done)}{more}")


def _clock(done: dict[str, Any]) -> str:
    return f"The clock shows {done['clock']['now']} and is {done['clock']['mode']}."
