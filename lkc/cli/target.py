"""What all commands have in common: which simulator and world they mean, and how they answer."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from lkc.client import Connection

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_URL, DEFAULT_WORLD = "http://127.0.0.1:8019", "default"


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


def targeted(command: Command) -> Command:
    """Gives a command `--url`, `--world`, `--admin-token` and `--json`, and a `target` as first argument.

    A refusal ends the command with one line on stderr and exit code 1.
    """

    @click.option("--url", envvar="LKC_URL", default=DEFAULT_URL, show_default=True, help="Where the simulator is.")
    @click.option("--world", "-w", envvar="LKC_WORLD", default=DEFAULT_WORLD, show_default=True, help="Which world.")
    @click.option("--admin-token", envvar="LKC_ADMIN_TOKEN", help="Needed where the simulator was started with one.")
    @click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
    @functools.wraps(command)
    def wrapped(*args: Any, url: str, world: str, admin_token: str | None, as_json: bool, **options: Any) -> Any:
        from lkc.client import Refused, Unreachable  # noqa: PLC0415 - httpx costs 80 ms

        target = Target(url=url, world=world, token=admin_token, as_json=as_json)
        try:
            return command(target, *args, **options)
        except Refused as refusal:
            fail(f"{refusal.code}: {refusal.detail}{f' {refusal.remedy}' if refusal.remedy else ''}")
        except Unreachable as error:
            fail(f"unreachable: {error}. Start the simulator with `lkc start`, or name it with --url.")

    return wrapped  # type: ignore[return-value] # click's decorators keep the command callable


def fail(line: str) -> NoReturn:
    """Ends the command with one line on stderr and exit code 1."""
    click.echo(" ".join(line.split()), err=True)
    sys.exit(1)


def table(rows: list[list[str]], header: list[str]) -> str:
    """Rows as aligned columns; what stands in the last column is not cut."""
    widths = [max(len(row[place]) for row in [header, *rows]) for place in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [header, *rows]
    )
