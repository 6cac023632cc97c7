"""`lkc events` and `lkc requests`: what happened in a world, and what was called."""

from __future__ import annotations

import click

from lkc.cli.target import Target, controlling, table
from lkc.cli.values import Whole

events = click.Group("events", help="The timeline of a world: what happened.")


@events.command("list")
@click.option("--after", type=Whole(), default=0, show_default=True, help="Begin after this id.")
@click.option("--limit", type=Whole(1, 1000), default=100, show_default=True, help="So many at most.")
@controlling
def list_events(target: Target, after: int, limit: int) -> None:
    """List what happened, oldest first."""
    found = target.connection.control("GET", "/events", after=after, limit=limit)
    rows = [[str(event["id"]), event["at"], event["system"], event["text"]] for event in found]
    target.show(found, lambda: table(rows, ["ID", "AT", "SYSTEM", "WHAT HAPPENED"], none="Nothing has happened."))


requests = click.Group("requests", help="The journal of a world: what was called.")


@requests.command("list")
@click.option("--limit", type=Whole(1, 1000), default=100, show_default=True, help="So many at most.")
@controlling
def list_requests(target: Target, limit: int) -> None:
    """List the latest exchanges, oldest first."""
    found = target.connection.control("GET", "/requests", limit=limit)
    rows = [[call["at"], str(call["status"]), call["method"], call["path"]] for call in found]
    target.show(found, lambda: table(rows, ["AT", "STATUS", "METHOD", "PATH"], none="Nothing was called."))


@requests.command()
@controlling
def clear(target: Target) -> None:
    """Empty the journal."""
    target.connection.control("DELETE", "/requests")
    target.show({"cleared": True}, "the journal is empty")
