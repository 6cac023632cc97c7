"""The command line: one verb for every control call, one file for every noun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

import click

HELP = """A license-delivery landscape of about 2013 on your own machine.

Start it with `lkc start`; every other command talks to the one that runs at --url (LKC_URL), in the world
--world (LKC_WORLD). Exit codes: 0 done, 1 refused, 2 wrong usage of the command line.
"""

# Where each command is found, below this package.
PLACES = {
    "bundle": "bundle:bundle",
    "clock": "clock:clock",
    "env": "environment:env",
    "events": "records:events",
    "exec": "environment:exec_",
    "explain": "explain:explain",
    "fault": "fault:fault",
    "license": "license:license_",
    "mail": "mail:mail",
    "orders": "orders:orders",
    "requests": "requests:requests",
    "scenario": "scenario:scenario",
    "snapshot": "snapshot:snapshot",
    "start": "start:start",
    "state": "state:state",
    "undo": "snapshot:undo",
    "world": "world:world",
}


class Commands(Mapping[str, click.Command]):
    """Commands by name, each loaded when it is asked for: whoever gives one need not wait for the others."""

    def __getitem__(self, name: str) -> click.Command:
        module, _, attribute = PLACES[name].partition(":")
        command: click.Command = getattr(import_module(f"lkc.cli.{module}"), attribute)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(PLACES)

    def __len__(self) -> int:
        return len(PLACES)


class Group(click.Group):
    """The commands of `lkc`."""

    def __init__(self) -> None:
        super().__init__("lkc", help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
        self.commands = Commands()  # type: ignore[assignment] # nobody adds one


main = click.version_option(package_name="lkc-simulator")(Group())
