"""`lkc fault`: ordering faults in a world."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, table, targeted

fault = click.Group("fault", help="Faults on demand.")


@fault.command()
@click.argument("kind")
@click.option("--to", help="The address of a mail; `keycenter` or `onetrust` for a feed.")
@click.option("--minutes", type=float, help="How long a delay is.")
@click.option("--times", type=int, help="It acts so often at most.")
@click.option("--every", type=int, help="It acts on each so-manieth occasion.")
@click.option("--probability", type=float, help="It acts with this chance, drawn from the world's seed.")
@click.option("--until", help="It acts until this moment of the world.")
@targeted
def add(target: Target, kind: str, **wanted: Any) -> None:
    """Order a fault: mail-bounce, mail-spam, mail-delay, feed-lost or feed-delay."""
    body = {"kind": kind, **{name: value for name, value in wanted.items() if value is not None}}
    made = target.connection.control("POST", "/faults", body)
    target.show(made, lambda: f"fault {made['id']}: {made['kind']}")


@fault.command("list")
@targeted
def list_(target: Target) -> None:
    """List the faults on order."""
    faults = target.connection.control("GET", "/faults")
    header = ["ID", "KIND", "SYSTEM", "TO", "MET", "ACTED"]
    target.show(faults, lambda: table([_row(found) for found in faults], header))


@fault.command()
@click.argument("fault_id", type=int, required=False)
@targeted
def clear(target: Target, fault_id: int | None) -> None:
    """Take one fault back, or all."""
    target.connection.control("DELETE", "/faults" if fault_id is None else f"/faults/{fault_id}")
    what = "all faults" if fault_id is None else f"fault {fault_id}"
    target.show({"cleared": fault_id}, f"{what} taken back")


def _row(found: dict[str, Any]) -> list[str]:
    return [
        str(found["id"]),
        found["kind"],
        found["system"],
        found.get("to", "-"),
        str(found["met"]),
        str(found["injected"]),
    ]
