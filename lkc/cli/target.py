"""What all commands have in common: which simulator and world they mean, and how they answer."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lkc.cli.refusal import Refusal, of_simulator
from lkc.cli.values import address, filled, world_name

if TYPE_CHECKING:
    from lkc.client import Connection

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_URL, DEFAULT_WORLD = "http://127.0.0.1:8019", "default"

_WHERE = click.option(
    "--url",
    envvar="LKC_URL",
    show_envvar=True,
    metavar="URL",
    callback=address,
    default=DEFAULT_URL,
    show_default=True,
    help="Where the simulator is.",
)
_WORLD = click.option(
    "--world",
    "-w",
    envvar="LKC_WORLD",
    show_envvar=True,
    metavar="NAME",
    callback=world_name,
    default=DEFAULT_WORLD,
    show_default=True,
    help="Which world.",
)
_TOKEN = click.option(
    "--admin-token",
    envvar="LKC_ADMIN_TOKEN",
    show_envvar=True,
    metavar="TOKEN",
    callback=filled,
    help="The token that `lkc start --admin-token` was given, if any.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, refusals on stderr too.")


@dataclass(frozen=True, kw_only=True)
class Target:
    """The world that a command is about, and the form of its answer.

    Attributes:
        as_json: whether the answer is JSON rather than text for people.
    """

    url: str
    world: str
    token: str | None
    as_json: bool

    @functools.cached_property
    def connection(self) -> Connection:
        """A connection to it."""
        from lkc.client import Connection  # noqa: PLC0415 - httpx costs 80 ms, which `--help` need not pay

        return Connection(self.url, self.world, self.token)

    def show(self, value: Any, text: str | Callable[[], str]) -> None:
        """Prints an answer: as JSON, or as text for people."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        else:
            click.echo(text if isinstance(text, str) else text())

    def note(self, text: str) -> None:
        """Prints a line on stderr, which an answer on stdout does not show: that there is more of it, say."""
        click.echo(text, err=True)


def path_of(*parts: str | int) -> str:
    """A path with each part quoted; see `lkc.client.path_of`."""
    from lkc.client import path_of as joined  # noqa: PLC0415 - httpx costs 80 ms, which `--help` need not pay

    return joined(*parts)


def targeted(command: Command) -> Command:
    """Gives a command `--url`, `--world` and `--json`, and a `target` as its first argument.

    A refusal ends the command with one line on stderr and exit code 1.
    """
    return _WHERE(_WORLD(_JSON(_with_target(command))))


def controlling(command: Command) -> Command:
    """Makes a command `targeted`, with `--admin-token` for a control call."""
    return _WHERE(_WORLD(_TOKEN(_JSON(_with_target(command)))))


def above_worlds(command: Command) -> Command:
    """Makes a command `controlling`, but without `--world`: it is about worlds, not in one."""
    return _WHERE(_TOKEN(_JSON(_with_target(command))))


def _with_target(command: Command) -> Command:
    @functools.wraps(command)
    def wrapped(
        *args: Any,
        url: str,
        as_json: bool,
        world: str = DEFAULT_WORLD,
        admin_token: str | None = None,
        **options: Any,
    ) -> Any:
        from lkc.client import Refused, Unreachable  # noqa: PLC0415 - httpx costs 80 ms

        target = Target(url=url, world=world, token=admin_token, as_json=as_json)
        try:
            return command(target, *args, **options)
        except Refused as refusal:
            raise of_simulator(refusal.document) from refusal
        except Unreachable as error:
            way = "Start the simulator with `lkc start`, or name it with --url (LKC_URL)."
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                way = "Set LKC_CA to the path that the start with --tls has printed: it is not known whom to trust."
            raise Refusal("unreachable", f"{error}.", way) from error

    return wrapped  # type: ignore[return-value] # click's decorators keep the command callable


def table(rows: list[list[str]], header: list[str], *, none: str) -> str:
    """Rows as aligned columns, or a sentence where there are none; what stands in the last column is not cut."""
    if not rows:
        return none
    widths = [max(len(row[place]) for row in [header, *rows]) for place in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [header, *rows]
    )
