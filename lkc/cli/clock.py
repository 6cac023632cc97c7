"""`lkc clock`: showing and moving the clock of a world."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, targeted

clock = click.Group("clock", help="The world's clock, which everything in it obeys.")


@clock.command()
@targeted
def show(target: Target) -> None:
    """Show what the clock shows."""
    _show(target, target.connection.control("GET", "/clock"))


@clock.command("set")
@click.argument("moment")
@targeted
def set_(target: Target, moment: str) -> None:
    """Set the clock to a later MOMENT, e.g. 2014-12-31T23:00:00Z."""
    _show(target, target.connection.control("PUT", "/clock", {"now": moment}))


@clock.command()
@targeted
def freeze(target: Target) -> None:
    """Let the clock stand still."""
    _show(target, target.connection.control("PUT", "/clock", {"mode": "frozen"}))


@clock.command()
@targeted
def run(target: Target) -> None:
    """Let the clock run on from where it stands."""
    _show(target, target.connection.control("PUT", "/clock", {"mode": "running"}))


@clock.command()
@click.option("--days", type=float)
@click.option("--hours", type=float)
@click.option("--minutes", type=float)
@click.option("--seconds", type=float)
@click.option("--to", help="A moment, e.g. 2015-01-01.")
@click.option("--to-next", type=click.Choice(["expiry"]), help="Until the next date has passed.")
@targeted
def advance(target: Target, **wanted: Any) -> None:
    """Let the clock go on."""
    body = {name: value for name, value in wanted.items() if value is not None}
    if not body:
        raise click.UsageError("Say how far: --days, --hours, --minutes, --seconds, --to or --to-next.")
    _show(target, target.connection.control("POST", "/clock/advance", body))


def _show(target: Target, found: dict[str, str]) -> None:
    target.show(found, f"{found['now']}  {found['mode']}")
