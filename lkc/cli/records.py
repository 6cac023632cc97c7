"""`lkc events` and `lkc requests`: what happened in a world, and what was called."""

from __future__ import annotations

import click

from lkc.cli.target import Target, table, targeted

events = click.Group("events", help="The timeline of a world.")


@events.command("list")
@click.option("--after", type=int, default=0, help="Id of the event after which to begin.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True)
@targeted
def list_events(target: Target, after: int, limit: int) -> None:
    """List what happened, oldest first."""
    found = target.connection.control("GET", "/events", after=after, limit=limit)
    rows = [[str(event["id"]), event["at"], event["system"], event["text"]] for event in found]
    target.show(found, lambda: table(rows, ["ID", "AT", "SYSTEM", "WHAT HAPPENED"]))


requests = click.Group("requests", help="The journal of a world.")


@requests.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True)
@targeted
def list_requests(target: Target, limit: int) -> None:
    """List the latest exchanges, oldest first."""
    found = target.connection.control("GET", "/requests", limit=limit)
    rows = [[call["at"], str(call["status"]), call["method"], call["path"]] for call in found]
    target.show(found, lambda: table(rows, ["AT", "STATUS", "METHOD", "PATH"]))


@requests.command()
@targeted
def clear(target: Target) -> None:
    """Empty the journal."""
    target.connection.control("DELETE", "/requests")
    target.show({"cleared": True}, "the journal is empty")
