"""`lkc fault`: ordering faults in a world."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, controlling, path_of, table
from lkc.cli.values import Moment, Number, Whole

LONGEST_DELAY = 60 * 24 * 3650
MOST = 1_000_000
LONGEST_LATENCY, DAY = 60_000, 86_400

fault = click.Group("fault", help="Faults on demand.")


@fault.command()
@click.argument("kind")
@click.option("--system", help="The system in which it acts (`onetrust`), or * for all; follows from mails and feeds.")
@click.option("--operation", help="One operation only, such as `list_orders` or `GET /ordering/api/v1/orders`.")
@click.option("--to", help="The address of a mail; `keycenter` or `onetrust` for a feed.")
@click.option("--minutes", type=Number(0, LONGEST_DELAY), help="How long a mail or a feed is delayed.")
@click.option("--ms", type=Whole(0, LONGEST_LATENCY), help="How long an answer is delayed, in milliseconds.")
@click.option("--status", type=Whole(400, 599), help="The status that is answered.")
@click.option("--retry-after", type=Whole(0, DAY), help="Seconds that go with a status.")
@click.option("--close", is_flag=True, default=None, help="Of after-commit: close the connection instead of a 502.")
@click.option("--times", type=Whole(1, MOST), help="It acts so often at most.")
@click.option("--every", type=Whole(1, MOST), help="It acts on every Nth occasion only.")
@click.option("--probability", type=Number(0, 1), help="It acts with this chance, drawn from the world's seed.")
@click.option("--until", type=Moment(), help="It acts until this moment of the world.")
@controlling
def add(target: Target, kind: str, **wanted: Any) -> None:
    """Order a fault, which acts from now on.

    KIND is latency, status, drop-connection, truncate or after-commit (these need --system), mail-bounce, mail-spam,
    mail-delay, feed-lost or feed-delay. `lkc fault operations` lists what --operation takes.
    """
    body = {"kind": kind, **{name: value for name, value in wanted.items() if value is not None}}
    made = target.connection.control("POST", "/faults", body)
    target.show(made, lambda: f"fault {made['id']}: {made['kind']}")


@fault.command("list")
@controlling
def list_(target: Target) -> None:
    """List the faults on order."""
    faults = target.connection.control("GET", "/faults")
    header = ["ID", "KIND", "SYSTEM", "OPERATION", "WITH", "WHEN", "MET", "ACTED"]
    target.show(faults, lambda: table([_row(found) for found in faults], header, none="No faults."))


@fault.command()
@click.option("--system", help="Those of one system only.")
@controlling
def operations(target: Target, system: str | None) -> None:
    """List what --operation takes."""
    found = target.connection.control("GET", "/faults/operations", **({} if system is None else {"system": system}))
    rows = [[one["system"], one["operation"], f"{one['method']} {one['path']}"] for one in found]
    target.show(found, lambda: table(rows, ["SYSTEM", "OPERATION", "OR"], none="There is no such system."))


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
        found.get("operation") or "-",
        _with(found),
        _when(found),
        str(found["met"]),
        str(found["injected"]),
    ]


def _with(found: dict[str, Any]) -> str:
    """What is particular to its kind."""
    texts = {
        "to": "to {}",
        "minutes": "{:g} minutes",
        "ms": "{} ms",
        "status": "{}",
        "retry_after": "retry after {} s",
        "close": "closed",
    }
    told = [text.format(found[name]) for name, text in texts.items() if name in found and found[name] is not False]
    return ", ".join(told) or "-"


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
