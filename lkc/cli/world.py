"""`lkc world`: making, copying, resetting and deleting worlds."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import DEFAULT_WORLD, Target, above_worlds, path_of, table
from lkc.cli.values import Moment, Whole, world_name

LARGEST_SEED = 2**53

world = click.Group("world", help="Worlds: complete landscapes, apart from each other.")


@world.command()
@click.argument("name", callback=world_name, required=False)
@click.option("--from", "source", help="empty (default), demo, scenario:NN/CASE, world:NAME, or snapshot:NAME.")
@click.option("--seed", type=Whole(0, LARGEST_SEED), help="Identifiers and keys follow from it. Default: 1.")
@click.option(
    "--at",
    type=Moment(),
    help="What the clock shows at first. Default: 2014-03-03T09:00:00Z. For demo not before the end of its past, "
    "2014-02-24T13:40:00Z. A case that is to go on to a later moment than its own may find more causes.",
)
@click.option("--clock", "mode", type=click.Choice(["frozen", "running"]), help="Default: frozen.")
@click.option("--of", "owner", callback=world_name, metavar="WORLD", help="Whose snapshot it is. Default: default.")
@above_worlds
def create(target: Target, name: str | None, owner: str | None, **wanted: Any) -> None:
    """Make a world; without NAME it gets a new name."""
    told = {"name": name, "from": wanted.pop("source"), "clock": wanted.pop("mode"), **wanted}
    body = {key: value for key, value in told.items() if value is not None}
    made = target.connection.in_world(owner or DEFAULT_WORLD).control("POST", "/worlds", body)
    target.show(made, lambda: _line(made))


@world.command("list")
@above_worlds
def list_(target: Target) -> None:
    """List all worlds."""
    worlds = target.connection.control("GET", "/worlds")
    header = ["WORLD", "FROM", "SEED", "CLOCK", "MODE", "URL"]
    target.show(worlds, lambda: table([_row(found) for found in worlds], header, none="No worlds."))


@world.command()
@click.argument("source", callback=world_name)
@click.argument("name", callback=world_name, required=False)
@above_worlds
def fork(target: Target, source: str, name: str | None) -> None:
    """Copy the world SOURCE as it is now."""
    made = target.connection.control("POST", path_of("worlds", source, "fork"), {} if name is None else {"name": name})
    target.show(made, lambda: _line(made))


@world.command()
@click.argument("one", callback=world_name)
@click.argument("other", callback=world_name)
@above_worlds
def diff(target: Target, one: str, other: str) -> None:
    """Tell what is different in the world OTHER, compared with ONE.

    A line for each difference. Nothing is printed for equal worlds but that they are.
    """
    found = target.connection.control("GET", path_of("worlds", one, "diff", other))
    lines = [f"{change['system']:<10} {change['text']}" for change in found["changes"]]
    if found["left_out"]:
        lines.append(f"... and {found['left_out']} more")
    target.show(found, "\n".join(lines) or f"{one} and {other} are equal.")


@world.command()
@click.argument("name", callback=world_name)
@above_worlds
def reset(target: Target, name: str) -> None:
    """Lead a world back to its origin."""
    found = target.connection.control("POST", path_of("worlds", name, "reset"))
    target.show(found, lambda: f"{name} is as it was at its origin ({found['from']}).")


@world.command()
@click.argument("name", callback=world_name)
@above_worlds
def delete(target: Target, name: str) -> None:
    """Delete a world with all that belongs to it."""
    target.connection.control("DELETE", path_of("worlds", name))
    target.show({"deleted": name}, f"{name} is deleted.")


def _row(found: dict[str, Any]) -> list[str]:
    clock = found["clock"]
    return [found["name"], found["from"], str(found["seed"]), clock["now"], clock["mode"], found["url"]]


def _line(made: dict[str, Any]) -> str:
    return f"{made['name']}  {made['url']}  {made['clock']['now']}  {made['clock']['mode']}"
