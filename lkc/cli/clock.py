"""`lkc clock`: showing and moving the clock of a world."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, controlling
from lkc.cli.values import Moment, Number

DURATIONS = frozenset({"days", "hours", "minutes", "seconds"})

clock = click.Group("clock", help="The world's clock, which everything in it obeys.")


@clock.command()
@controlling
def show(target: Target) -> None:
    """Show what the clock shows."""
    _show(target, target.connection.control("GET", "/clock"))


@clock.command("set")
@click.argument("now", metavar="MOMENT", type=Moment())
@controlling
def set_(target: Target, now: str) -> None:
    """Set the clock to a later MOMENT such as 2014-12-31T23:00:00Z."""
    _show(target, target.connection.control("PUT", "/clock", {"now": now}))


@clock.command()
@controlling
def freeze(target: Target) -> None:
    """Let the clock stand still."""
    _show(target, target.connection.control("PUT", "/clock", {"mode": "frozen"}))


@clock.command()
@controlling
def run(target: Target) -> None:
    """Let the clock run on from where it stands."""
    _show(target, target.connection.control("PUT", "/clock", {"mode": "running"}))


@clock.command()
@click.option("--days", type=Number(0, 80_000), help="So many days.")
@click.option("--hours", type=Number(0, 2_000_000), help="So many hours.")
@click.option("--minutes", type=Number(0, 100_000_000), help="So many minutes.")
@click.option("--seconds", type=Number(0, 6_000_000_000), help="So many seconds.")
@click.option("--to", type=Moment(), help="To a moment, e.g. 2015-01-01.")
@click.option(
    "--to-next", type=click.Choice(["expiry"]), help="Until the next date on which something expires has passed."
)
@controlling
def advance(target: Target, **wanted: Any) -> None:
    """Let the clock go on by durations, to a moment or expiry."""
    body = {name: value for name, value in wanted.items() if value is not None}
    if not body:
        raise click.UsageError("Say how far: --days, --hours, --minutes, --seconds, --to or --to-next.")
    given = [f"--{name.replace('_', '-')}" for name in sorted(body)]
    if len(given) > 1 and not DURATIONS.issuperset(body):
        raise click.UsageError(f"{' and '.join(given)} exclude each other; give durations, or --to, or --to-next.")
    _show(target, target.connection.control("POST", "/clock/advance", body))


def _show(target: Target, found: dict[str, str]) -> None:
    target.show(found, f"{found['now']}  {found['mode']}")
