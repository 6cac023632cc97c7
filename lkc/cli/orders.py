"""`lkc orders`: importing files of orders."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from lkc.cli.orderfile import Part, is_csv, other_separator, parts
from lkc.cli.refusal import Refusal
from lkc.cli.reports import report_text
from lkc.cli.target import Target, targeted
from lkc.cli.values import login

API = "/ordering/api/v1/orders/import"
WORTH_A_BAR = 1.0
# So many bad rows in all parts together end an import, as the simulator ends that of a single part.
MAX_BAD_ROWS = 10_000
COUNTS = ("imported", "submitted", "already_there", "refused", "rejected_rows", "rejected_left_out")


orders = click.Group("orders", help="Files of orders.")


@orders.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--submit/--book-only", default=True, help="Submit each order after booking it (default), or only book.")
@click.option(
    "--producer",
    envvar="LKC_PRODUCER",
    show_envvar=True,
    metavar="NAME:PASSWORD",
    callback=login,
    default="producer:producer",
    show_default=True,
    help="Name and password of the vendor's staff.",
)
@targeted
def import_(target: Target, file: Path, *, submit: bool, producer: tuple[str, str]) -> None:
    """Import the orders of FILE, CSV or NDJSON.

    Good orders go in and every bad row is named. Correct those rows and import the file again under the same name: the
    corrected orders go in, and nothing is imported twice. The exit code is 1 where the file as a whole is refused or
    has no orders, and where not one of its orders goes in or is there already.
    """
    content = file.read_bytes()
    csv_rows = is_csv(file, content)
    separator = other_separator(content) if csv_rows else None
    if separator is not None:
        detail = f"{file}: the cells seem to be separated by {separator}."
        raise Refusal("separator", detail, "Save the file with commas between the cells.")
    query = {"submit": str(submit).lower(), "file": file.name.encode("utf-8", "backslashreplace").decode()}
    report: dict[str, Any] = {**dict.fromkeys(COUNTS, 0), "rejected": []}
    stopped_at = 0
    for part in _with_bar(list(parts(content, csv_rows=csv_rows)), quiet=target.as_json):
        stopped_at = _import_part(target, part, query, producer, report)
        if stopped_at:
            break
    target.show(report, lambda: report_text(report))
    if stopped_at:
        detail = f"{report['rejected_rows']} rows of {file} are bad, and reading stopped at row {stopped_at}."
        raise Refusal("too-many-bad-rows", detail, "Correct the file and import it again under the same name.")
    if report["imported"] or report["already_there"]:
        return
    if not report["rejected"]:
        missing = "nothing stands below its header" if csv_rows else "not one line of it has anything"
        raise Refusal("no-orders", f"{file} has no orders: {missing}.", "Look whether it is the right file.")
    detail = f"Not one order of {file} went in."
    raise Refusal("nothing-imported", detail, "Correct the rows that are named and import the file again.")


def _import_part(
    target: Target, part: Part, query: dict[str, str], producer: tuple[str, str], report: dict[str, Any]
) -> int:
    """Imports a part and adds what came of it to the report; the row where the import has to stop, or 0."""
    from lkc.client import Refused  # noqa: PLC0415 - httpx costs 80 ms

    try:
        done = target.connection.call(
            "POST",
            API,
            params={**query, "first_row": part.first_row},
            content=part.content,
            headers={"Content-Type": part.media_type},
            auth=producer,
        ).value()
    except Refused as refusal:
        if refusal.code != "too-many-bad-rows":
            if report["imported"]:
                refusal.document["detail"] += f" Before that, {report['imported']} orders of the file were imported."
            raise
        done = refusal.document
    for name in (*COUNTS, "rejected"):
        report[name] += done[name]
    return done.get("stopped_at", 0) or (part.last_row if report["rejected_rows"] >= MAX_BAD_ROWS else 0)


def _with_bar(parts: list[Part], *, quiet: bool) -> Iterator[Part]:
    """The parts one by one, with a progress bar on a terminal where it takes longer than a second."""
    began = time.monotonic()
    rest = iter(parts)
    for part in rest:
        yield part
        if time.monotonic() - began > WORTH_A_BAR:
            break
    left = list(rest)
    if quiet or not left or not sys.stderr.isatty():
        yield from left
        return
    from rich.console import Console  # noqa: PLC0415 - only a long import needs it
    from rich.progress import Progress  # noqa: PLC0415 - likewise

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("importing", total=len(parts), completed=len(parts) - len(left))
        for part in left:
            yield part
            progress.advance(task)
