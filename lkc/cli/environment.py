"""`lkc exec` and `lkc env`: a program that finds the simulator in its environment."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from types import FrameType

import click

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
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND [ARGUMENTS]")
@click.pass_context
def exec_(context: click.Context, source: str, command: tuple[str, ...]) -> None:
    """Run COMMAND with a simulator of its own.

    It listens on a free port, keeps nothing, and ends with the command, whose exit code is the answer. The command
    finds it by LKC_URL and LKC_WORLD (together: LKC_WORLD_URL).
    """
    from lkc.client.serving import NotStarted, Server  # noqa: PLC0415 - httpx costs 80 ms

    try:
        server = Server(source)
    except NotStarted as error:
        raise Refusal("not-started", str(error), "Run `lkc start --ephemeral --port 0` to see why.") from error
    with server:
        code = _run(command, variables(server.url, DEFAULT_WORLD))
    context.exit(code)


@click.command()
@targeted
def env(target: Target) -> None:
    """Print variables that lead to a simulator.

    In a shell: eval "$(lkc env)". Nothing is printed where no simulator answers.
    """
    target.connection.call("GET", "/_sim/health")
    found = variables(target.connection.url, target.world)
    target.show(found, lambda: "\n".join([f"export {name}={shlex.quote(value)}" for name, value in found.items()]))


def variables(url: str, world: str) -> dict[str, str]:
    """The variables that lead to a world."""
    return {"LKC_URL": url, "LKC_WORLD": world, "LKC_WORLD_URL": f"{url}/w/{world}"}


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
