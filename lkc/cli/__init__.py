"""The command line: one verb for every control call, one file for every noun."""

from __future__ import annotations

import click

from lkc.cli.bundle import bundle
from lkc.cli.clock import clock
from lkc.cli.environment import env, exec_
from lkc.cli.explain import explain
from lkc.cli.fault import fault
from lkc.cli.license import license_
from lkc.cli.mail import mail
from lkc.cli.orders import orders
from lkc.cli.records import events
from lkc.cli.requests import requests
from lkc.cli.scenario import scenario
from lkc.cli.snapshot import snapshot, undo
from lkc.cli.start import start
from lkc.cli.state import state
from lkc.cli.world import world

HELP = """A license-delivery landscape of about 2013 on your own machine.

Start it with `lkc start`; every other command talks to the one that runs at --url (LKC_URL), in the world
--world (LKC_WORLD). Exit codes: 0 done, 1 refused, 2 wrong usage of the command line.
"""

main = click.version_option(package_name="lkc-simulator")(
    click.Group(
        "lkc",
        help=HELP,
        commands=[
            *(start, exec_, env, world, clock, snapshot, undo, state, bundle, orders, mail, fault),
            *(explain, scenario, events, requests, license_),
        ],
        context_settings={"help_option_names": ["-h", "--help"]},
    )
)
