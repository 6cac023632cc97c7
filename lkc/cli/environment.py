"""`lkc exec` and `lkc env`: a program that finds the simulator in its environment."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import click

from lkc.cli.ports import SystemPortType
from lkc.cli.refusal import Refusal
from lkc.cli.target import DEFAULT_WORLD, Target, targeted

PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)
# As shells answer.
BY_SIGNAL = 128


class NotFound(Refusal):
    """There is no such command; the exit code is that of a shell."""

    exit_code = 127


class NotExecutable(Refusal):
    """The command cannot be run; the exit code is that of a shell."""

    exit_code = 126


@click.command("exec", context_settings={"allow_interspersed_args": False})
@click.option(
    "--from",
    "source",
    envvar="LKC_FROM",
    show_envvar=True,
    default="demo",
    show_default=True,
    type=click.Choice(["demo", "empty"]),
    help="What the world `default` begins as.",
)
@click.option("--tls", is_flag=True, envvar="LKC_TLS", show_envvar=True, help="Serve https; see `lkc start`.")
@click.option(
    "--system-port",
    "system_ports",
    metavar="SYSTEM=PORT",
    multiple=True,
    type=SystemPortType(),
    envvar="LKC_SYSTEM_PORT",
    show_envvar=True,
    help="Serve one system at the root of a port of its own, told by LKC_URL_SYSTEM; see `lkc start`.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND [ARGUMENTS]")
@click.pass_context
def exec_(
    context: click.Context,
    *,
    source: str,
    tls: bool,
    system_ports: tuple[tuple[str, int], ...],
    command: tuple[str, ...],
) -> None:
    """Run COMMAND with a simulator of its own.

    It listens on a free port, keeps nothing, and ends with the command, whose exit code is the answer. The command
    finds it by LKC_URL and LKC_WORLD (together: LKC_WORLD_URL); with --tls, what trusts its certificate by LKC_CA,
    SSL_CERT_FILE, CURL_CA_BUNDLE, REQUESTS_CA_BUNDLE and NODE_EXTRA_CA_CERTS.
    """
    from lkc.client.serving import NotStarted, Server  # noqa: PLC0415 - httpx costs 80 ms

    try:
        ports = [word for system, port in system_ports for word in ("--system-port", f"{system}={port}")]
        server = Server(source, *ports, *(["--tls"] if tls else []))
    except NotStarted as error:
        raise Refusal("not-started", str(error), "Run `lkc start --ephemeral --port 0` to see why.") from error
    with server:
        found = {**server.variables, **variables(server.url, DEFAULT_WORLD, server.variables.get("LKC_CA"))}
        code = _run(command, found)
    context.exit(code)


@click.command()
@targeted
def env(target: Target) -> None:
    """Print variables that lead to a simulator.

    In a shell: eval "$(lkc env)". Nothing is printed where no simulator answers.
    """
    target.connection.call("GET", "/_sim/health")
    found = variables(target.connection.url, target.world, os.environ.get("LKC_CA"))
    found |= {name: value for name, value in os.environ.items() if name.startswith("LKC_URL_")}
    target.show(found, lambda: "\n".join([f"export {name}={shlex.quote(value)}" for name, value in found.items()]))


def variables(url: str, world: str, ca: str | None = None) -> dict[str, str]:
    """The variables that lead to a world, and to trust in its certificate where an authority is named.

    Beside the certificate of the authority lies one file with it and those that this machine trusts, as the variables
    of Python's programs replace what is trusted.
    """
    found = {"LKC_URL": url, "LKC_WORLD": world, "LKC_WORLD_URL": f"{url}/w/{world}"}
    if not ca:
        return found
    bundle = Path(ca).with_name("bundle.pem")
    both = str(bundle) if bundle.exists() else ca
    trust = {"SSL_CERT_FILE": both, "REQUESTS_CA_BUNDLE": both, "NODE_EXTRA_CA_CERTS": ca, "CURL_CA_BUNDLE": both}
    return {**found, "LKC_CA": ca, **trust}


def _run(command: tuple[str, ...], found: dict[str, str]) -> int:
    """Runs a command to its end, passing signals on, and gives its exit code. Raises Refusal where it cannot begin."""
    started: list[subprocess.Popen[bytes]] = []

    def pass_on(number: int, _: FrameType | None) -> None:
        if not started:
            raise SystemExit(BY_SIGNAL + number)
        # A terminal has told the command of Ctrl-C already.
        if started[0].poll() is None and not (number in {signal.SIGINT, signal.SIGQUIT} and sys.stdin.isatty()):
            started[0].send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in PASSED_ON}
    try:
        started.append(subprocess.Popen(command, env={**os.environ, **found}))  # noqa: S603 - what the user asked for
        code = started[0].wait()
    except OSError as error:
        kind = NotFound if isinstance(error, FileNotFoundError) else NotExecutable
        raise kind("no-command", f"{command[0]} cannot be run ({error.strerror}).", "Look at its name.") from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else BY_SIGNAL - code
