"""How a command says no: one line on stderr that begins with a code, or with `--json` a problem document."""

from __future__ import annotations

import json
from typing import IO, Any

import click

from lkc.world.refusals import Invalid

SHOWN = 10

# What helps somebody who sits at the command line, where the simulator itself speaks of HTTP.
REMEDIES = {
    "default-world": "Reset it with `lkc world reset default`.",
    "no-mail": "Look at `lkc mail list`: its status tells what became of a mail.",
    "unknown-case": "List the questions and their cases with `lkc scenario list`.",
    "unknown-question": "The questions are numbered 1 to 19; list them with `lkc scenario list`.",
    "unknown-fault": "List the faults with `lkc fault list`.",
    "unknown-message": "List the mails with `lkc mail list`.",
    "unknown-world": (
        "List the worlds with `lkc world list`, make this one with `lkc world create NAME`, "
        "or name another with --world (LKC_WORLD)."
    ),
    "world-not-empty": (
        "Make a new world with `lkc world create NAME`, which is empty, and name it with --world (LKC_WORLD); "
        "`lkc world create NAME --from scenario:NN/CASE` makes one in which the case is arranged already."
    ),
    "already-played": (
        "`lkc scenario here` tells how far it is and what is left; to begin anew, make a new world with "
        "`lkc world create NAME --from scenario:NN/CASE` and name it with --world (LKC_WORLD)."
    ),
    "play-interrupted": (
        "`lkc undo` leads back to before it, if it is the last change; else make a new world with "
        "`lkc world create NAME --from scenario:NN/CASE` and name it with --world (LKC_WORLD)."
    ),
    "nothing-to-undo": "Load a snapshot with `lkc snapshot load NAME`, or `lkc world reset NAME` to its origin.",
    "unknown-snapshot": "List the snapshots with `lkc snapshot list`, save one with `lkc snapshot save NAME`.",
    "unknown-moment": (
        "Begin at a snapshot of `lkc snapshot list` (--since snapshot:NAME), at a checkpoint (--since checkpoint:1 is "
        "the last one), or at the origin (--from-start)."
    ),
    "journal-too-short": (
        "Begin later: --since checkpoint:1, or save a snapshot with `lkc snapshot save NAME`, make the calls that "
        "matter, and give --since snapshot:NAME."
    ),
    "request-not-kept": (
        "Save a snapshot after these calls with `lkc snapshot save NAME`, make the calls that matter, and give "
        "--since snapshot:NAME."
    ),
    "secrets-missing": "Give each with --secret NAME=VALUE, or as LKC_SECRET_NAME in the environment.",
    "no-simulator": "Name the simulator's address with --url (LKC_URL).",
}
ADMIN_TOKEN = "Give the token that the simulator was started with: --admin-token (LKC_ADMIN_TOKEN)."  # noqa: S105 - a text
PRODUCER = "Give name and password of the vendor's staff: --producer NAME:PASSWORD (LKC_PRODUCER)."


class Refusal(click.ClickException):
    """Ends a command with exit code 1.

    Args:
        code: stable name of what went wrong.
        detail: what was wrong this time, as a sentence.
        remedy: what helps, as a sentence.
        members: further members of the problem document.
    """

    exit_code = 1

    def __init__(self, code: str, detail: str, remedy: str = "", **members: Any) -> None:
        super().__init__(detail)
        self.document = {"code": code, "detail": detail, "remedy": remedy, **members}
        context = click.get_current_context(silent=True)
        self._as_json = context is not None and context.params.get("as_json", False)

    def format_message(self) -> str:
        """The line, remedy included."""
        remedy = self.document["remedy"]
        line = f"{self.document['code']}: {self.document['detail']}{f' What helps: {remedy}' if remedy else ''}"
        return " ".join(line.split())

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints it on stderr."""
        text = json.dumps(self.document, ensure_ascii=False) if self._as_json else self.format_message()
        click.echo(text, file=file, err=True)


def of_simulator(document: dict[str, Any]) -> Refusal:
    """The refusal that a problem document of the simulator tells, in words of the command line."""
    told = {"code": "error", "detail": "", "remedy": "", **document}
    errors = told.get("errors")
    if errors:
        more = f"; and {len(errors) - SHOWN} more, which --json shows" if len(errors) > SHOWN else ""
        told["detail"] = "; ".join(_mistake(error).rstrip(".") for error in errors[:SHOWN]) + more + "."
    if told["code"] == "invalid-credentials":
        told["remedy"] = PRODUCER if "producer" in click.get_current_context().params else ADMIN_TOKEN
    elif told["remedy"] == Invalid.remedy:
        told["remedy"] = "Correct what is named and run the command again."
    else:
        told["remedy"] = REMEDIES.get(told["code"], told["remedy"])
    return Refusal(**told)


def _mistake(error: dict[str, Any]) -> str:
    """A mistake with the option or argument in which it was made, and what was given there."""
    field = error["field"]
    context = click.get_current_context()
    for param in context.command.params:
        if f"--{field.replace('_', '-')}" in param.opts or (isinstance(param, click.Argument) and param.name == field):
            name = param.opts[-1] if isinstance(param, click.Option) else param.make_metavar(context)
            given = context.params[param.name or ""]
            return f"{name}{'' if given is None else f' {given}'}: {error['message']}"
    received = f" {error['received']!r}" if "received" in error else ""
    line = f"line {error['line']}: " if "line" in error else ""
    return f"{line}{field}{received}: {error['message']}" if field else f"{line}{error['message']}"
