"""`lkc fault`: ordering faults in a world."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, controlling, path_of, table
from lkc.cli.values import Moment, Number, Whole

LONGEST_DELAY = 60 * 24 * 3650
MOST = 1_000_000

fault = click.Group("fault", help="Faults on demand.")


@fault.command()
@click.argument("kind")
@click.option("--to", help="The address of a mail; `keycenter` or `onetrust` for a feed.")
@click.option("--minutes", type=Number(0, LONGEST_DELAY), help="How long a delay is.")
@click.option("--times", type=Whole(1, MOST), help="It acts so often at most.")
@click.option("--every", type=Whole(1, MOST), help="It acts on every Nth occasion only.")
@click.option("--probability", type=Number(0, 1), help="It acts with this chance, drawn from the world's seed.")
@click.option("--until", type=Moment(), help="It acts until this moment of the world.")
@controlling
def add(target: Target, kind: str, **wanted: Any) -> None:
    """Order a fault, which acts from now on.

    KIND is mail-bounce, mail-spam, mail-delay, feed-lost or feed-delay.
    """
    body = {"kind": kind, **{name: value for name, value in wanted.items() if value is not None}}
    made = target.connection.control("POST", "/faults", body)
    target.show(made, lambda: f"fault {made['id']}: {made['kind']}")


@fault.command("list")
@controlling
def list_(target: Target) -> None:
    """List the faults on order."""
    faults = target.connection.control("GET", "/faults")
    header = ["ID", "KIND", "SYSTEM", "TO", "MINUTES", "WHEN", "MET", "ACTED"]
    target.show(faults, lambda: table([_row(found) for found in faults], header, none="No faults."))


@fault.command()
@click.argument("fault_id", type=Whole(), required=False)
@controlling
def clear(target: Target, fault_id: int | None) -> None:
    """Take back all faults, or the one with FAULT_ID."""
    if fault_id is None:
        ids = [found["id"] for found in target.connection.control("GET", "/faults")]
        target.connection.control("DELETE", "/faults")
    else:
        ids = [fault_id]
        target.connection.control("DELETE", path_of("faults", fault_id))
    target.show({"cleared": ids}, f"taken back: {', '.join(map(str, ids))}" if ids else "No faults.")


def _row(found: dict[str, Any]) -> list[str]:
    return [
        str(found["id"]),
        found["kind"],
        found["system"],
        found.get("to", "-"),
        f"{found['minutes']:g}" if "minutes" in found else "-",
        _when(found),
        str(found["met"]),
        str(found["injected"]),
    ]


def _when(found: dict[str, Any]) -> str:
    """On which of the occasions that fit it acts."""
    limits = {
        "times": "at most {}x",
        "every": "every {}. occasion",
        "probability": "chance {}",
        "until": "until {}",
    }
    told = [text.format(found[name]) for name, text in limits.items() if found[name] is not None]
    return ", ".join(told) or "always"
