"""`lkc bundle`: a case that a colleague can play: a moment of a world with the calls since."""

from __future__ import annotations

import os
import re
import sys
from typing import Any
from urllib.parse import quote

import click

from lkc.cli.refusal import Refusal
from lkc.cli.reports import counted
from lkc.cli.state import STDOUT, read, write
from lkc.cli.target import Target, above_worlds, controlling
from lkc.cli.values import pairs, world_name

bundle = click.Group("bundle", help="A case for a colleague: a world with the calls since.")

_FILE = click.Path(dir_okay=False, allow_dash=True, path_type=str)
VARIABLE = "LKC_SECRET_"
SHOWN = ("since", "calls", "left_out")
_BODY = re.compile(r"^\[\[bundle\.call\]\]$|^# The state of the world", re.MULTILINE)


@bundle.command()
@click.argument("file", type=_FILE)
@click.option(
    "--since",
    metavar="MOMENT",
    help="Where it begins: checkpoint:1 (the last), checkpoint:2, snapshot:NAME. Default: the last checkpoint.",
)
@click.option("--from-start", is_flag=True, help="Begin at the origin of the world.")
@controlling
def save(target: Target, file: str, since: str | None, *, from_start: bool) -> None:
    """Write a moment of the world, and the calls since, to FILE.

    `-` is standard output. Secrets that were sent are not in it; the state of the world is, with the mails it has.
    """
    if from_start and since is not None:
        raise click.UsageError("Give --since or --from-start.")
    wanted = "origin" if from_start else since
    query = "" if wanted is None else f"?since={quote(wanted, safe=':')}"
    content = target.connection.document("GET", f"/bundle{query}").content
    write(file, content)
    if file == STDOUT:
        return
    head = _head(content.decode())
    given = [one["name"] for one in head.get("secret", []) if one["from"] == "given"]
    told = {"file": file, "bytes": len(content), **{name: head[name] for name in SHOWN}, "secrets": given}
    target.show(told, lambda: _saved(target.world, told))


@bundle.command()
@click.argument("file", type=_FILE)
@click.option(
    "--world", "-w", "name", metavar="NAME", callback=world_name, help="Name of the new world. Default: one is made up."
)
@click.option("--assert", "asserting", is_flag=True, help="Stop at the first answer that differs, with exit code 1.")
@click.option(
    "--secret",
    "secrets",
    metavar="NAME=VALUE",
    multiple=True,
    callback=pairs,
    help="A secret that the bundle does not hold; also LKC_SECRET_NAME. Several times.",
)
@above_worlds
def replay(target: Target, file: str, name: str | None, secrets: dict[str, str] | None, *, asserting: bool) -> None:
    """Make the calls of FILE in a new world and compare the answers.

    `-` is standard input. The world stays, to be looked at.
    """
    from lkc.client import Refused  # noqa: PLC0415 - httpx costs 80 ms, which `--help` need not pay
    from lkc.client.bundles import Bundles, told  # noqa: PLC0415 - likewise

    text = read(file)
    given = _from_environment(text) | (secrets or {})
    bundles = Bundles(target.connection)
    try:
        try:
            done = bundles.replay(text, name, secrets=given, asserting=asserting)
        except Refused as refused:
            if refused.code != "secrets-missing" or not sys.stdin.isatty():
                raise
            asked = {one: click.prompt(one, hide_input=True, err=True) for one in refused.document["secrets"]}
            done = bundles.replay(text, name, secrets=given | asked, asserting=asserting)
    except Refused as refused:
        if refused.code != "answer-differs" or target.as_json:
            raise
        click.echo("\n".join(told(refused.document["first"])))
        where = f"{refused.document['world']} ({refused.document['url']})"
        raise Refusal(refused.code, refused.detail, f"Look at world {where}; it is as this call left it.") from refused
    target.show(done, lambda: "\n".join(_replayed(done)))


def _replayed(done: Any) -> list[str]:
    """What came of the calls, for people."""
    from lkc.client.bundles import told  # noqa: PLC0415 - httpx costs 80 ms, which `--help` need not pay

    lines = [f"{counted(done['calls'], 'call')} since {done['since']}: made in world {done['world']} ({done['url']})."]
    if done["left_out"]:
        lines.append(f"{done['left_out']} looks at pages are not in it: their sign-in is older than the bundle.")
    if done["first"] is None:
        return [*lines, "Each was answered as before."]
    return [*lines, f"{done['different']} were answered otherwise; the first of them:", *told(done["first"])]


def _saved(world: str, told: dict[str, Any]) -> str:
    """What was saved, for people."""
    text = f"{told['file']}: world {world} at {told['since']}, and {counted(told['calls'], 'call')} since."
    if told["left_out"]:
        text += f" {told['left_out']} looks at pages are not in it: their sign-in is older."
    if told["secrets"]:
        text += f" Whoever plays it must give: {', '.join(told['secrets'])}."
    return text


def _head(text: str) -> dict[str, Any]:
    """What stands at the beginning of a bundle, without reading all of it; empty where it is none."""
    import tomllib  # noqa: PLC0415 - no other command reads a bundle

    # All that is wanted stands before the first call, and so in front of everything that somebody has sent.
    beginning = _BODY.split(text, maxsplit=1)[0]
    try:
        found: dict[str, Any] = tomllib.loads(beginning).get("bundle", {})
    except tomllib.TOMLDecodeError:
        return {}
    return found


def _from_environment(text: str) -> dict[str, str]:
    """The secrets of a bundle that variables of the environment hold, such as `LKC_SECRET_ANN_ACME_EXAMPLE`."""
    names = [str(one.get("name")) for one in _head(text).get("secret", [])]
    found = {name: os.environ.get(VARIABLE + re.sub(r"[^A-Z0-9]", "_", name.upper())) for name in names}
    return {name: value for name, value in found.items() if value is not None}
