"""`lkc state`: a world as a document, from it and to it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from lkc.cli.refusal import Refusal, of_simulator
from lkc.cli.target import Target, controlling
from lkc.cli.values import filled
from lkc.world.refusals import Invalid

STDIN, STDOUT = "-", "-"

state = click.Group("state", help="A whole world as one TOML document.")

_FILE = click.Path(dir_okay=False, allow_dash=True, path_type=str)


@state.command("export")
@click.argument("file", type=_FILE)
@controlling
def export(target: Target, file: str) -> None:
    """Write the world to FILE as a document.

    It is complete but for the journal. FILE may be `-` for standard output.
    """
    content = target.connection.document("GET", "/state").content
    write(file, content)
    if file != STDOUT:
        target.show({"file": file, "bytes": len(content)}, f"World {target.world} is in {file}.")


@state.command("import")
@click.argument("file", type=_FILE)
@controlling
def import_(target: Target, file: str) -> None:
    """Replace the world by the document in FILE, or none of it.

    FILE may be `-` for standard input.

    `lkc world reset` leads back to what the document says.
    """
    world = target.connection.document("PUT", "/state", read(file)).value()
    clock = world["clock"]
    target.show(world, lambda: f"World {world['name']} is what {file} says: {clock['now']}, {clock['mode']}.")


@state.command()
@click.argument("file", type=_FILE)
@click.option("--output", "-o", type=_FILE, default=STDOUT, help="Where the copy goes. Default: standard output.")
@click.option("--salt", callback=filled, help="The same salt gives the same copy. Default: one that nobody knows.")
@click.option(
    "--keep", multiple=True, metavar="TEXT", help="A domain or a name that is nobody's secret; several times."
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, refusals on stderr too.")
def anonymise(file: str, output: str, salt: str | None, keep: tuple[str, ...], *, as_json: bool) -> None:
    """Make a copy of the document FILE without real people.

    People, companies, addresses, domains, numbers and what people wrote become others, the same ones everywhere; dates,
    products and quantities stay, so the copy has the same troubles. Everybody's password is `anonymised`. No simulator
    need run; `-` is standard input.
    """
    from lkc.app import SYSTEMS  # noqa: PLC0415 - no other command needs the systems
    from lkc.mail.senders import domains  # noqa: PLC0415 - likewise
    from lkc.scenarios.state import layout_with_cases  # noqa: PLC0415 - likewise
    from lkc.world.names import fresh  # noqa: PLC0415 - likewise
    from lkc.world.state.anonymising import anonymised  # noqa: PLC0415 - likewise

    kept = (*domains(), "producer", *keep)
    try:
        copy = anonymised(read(file).encode(), layout_with_cases(SYSTEMS), salt or fresh() + fresh(), kept).encode()
    except Invalid as refusal:
        raise of_simulator({"code": refusal.code, "remedy": refusal.remedy, **refusal.members}) from refusal
    write(output, copy)
    if output != STDOUT:
        told = {"file": output, "bytes": len(copy)}
        click.echo(
            json.dumps(told) if as_json else f"{output} is {file} without anybody in it. Read it before you share it."
        )


def read(file: str) -> str:
    """The text of a document. Raises Refusal where there is none."""
    try:
        content = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise Refusal("no-file", f"{file} cannot be read ({error.strerror}).", "Name a file that is there.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Refusal("no-document", f"{file} is no text in UTF-8 (line {line}).", "Save it as UTF-8.") from error


def write(file: str, content: bytes) -> None:
    """Writes a document whole, or not at all. Raises Refusal."""
    if file == STDOUT:
        sys.stdout.buffer.write(content)
        return
    path = Path(file)
    writing = path.with_name(f".{path.name}.writing")
    try:
        writing.write_bytes(content)
        writing.replace(path)
    except OSError as error:
        writing.unlink(missing_ok=True)
        remedy = "Name a file in a folder that is there and can be written."
        raise Refusal("no-file", f"{file} cannot be written ({error.strerror}).", remedy) from error
