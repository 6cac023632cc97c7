"""`lkc events`: what happened in a world."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

import click

from lkc.cli.target import Target, controlling, table
from lkc.cli.values import Whole

PAGE = 1000

events = click.Group("events", help="The timeline of a world: what happened.")


@events.command("list")
@click.option("--after", type=Whole(), help="The first ones after this id instead of the latest ones.")
@click.option("--limit", type=Whole(1, PAGE), default=100, show_default=True, help="So many at most.")
@click.option("--all", "everything", is_flag=True, help="All of them, whatever --limit is.")
@controlling
def list_events(target: Target, after: int | None, limit: int, *, everything: bool) -> None:
    """List what happened lately, oldest first.

    With --after what happened after an id, with --all everything.
    """
    if everything:
        found = list(_events(target, after or 0))
    elif after is not None:
        found = list(islice(_events(target, after), limit + 1))
        if len(found) > limit:
            found = found[:limit]
            target.note(f"There is more: go on with --after {found[-1]['id']}, or list it with --all.")
    else:
        latest = deque(_events(target, 0), limit + 1)
        found = list(latest)[-limit:]
        if len(latest) > limit:
            target.note("There is more before: list all with --all, or from the beginning on with --after 0.")
    rows = [[str(event["id"]), event["at"], event["system"], event["text"]] for event in found]
    target.show(found, lambda: table(rows, ["ID", "AT", "SYSTEM", "WHAT HAPPENED"], none="Nothing has happened."))


def _events(target: Target, after: int) -> Iterator[dict[str, Any]]:
    """The events after an id, page by page."""
    while page := target.connection.control("GET", "/events", after=after, limit=PAGE):
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1]["id"]
