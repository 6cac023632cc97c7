"""`lkc orders`: importing files of orders."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from lkc.cli.target import Target, table, targeted

API = "/ordering/api/v1/orders/import"
CHUNK = 600
LONGEST_CELL = 64 * 1024
WORTH_A_BAR = 1.0


orders = click.Group("orders", help="Orders.")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file that can be imported by itself: whole orders, and the row in which it begins."""

    content: bytes
    media_type: str
    first_row: int
    rows: int


@orders.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--submit/--book-only", default=True, help="Submit each order after booking it (default), or only book.")
@click.option("--producer", envvar="LKC_PRODUCER", default="producer:producer", help="NAME:PASSWORD of the staff.")
@targeted
def import_(target: Target, file: Path, *, submit: bool, producer: str) -> None:
    """Import a FILE of orders, CSV (.csv) or NDJSON; running it again imports nothing twice.

    Good orders go in and every bad row is named; the exit code is 1 only where the file as a whole is refused.
    """
    name, _, password = producer.partition(":")
    content = file.read_bytes()
    parts = list(_parts(content, is_csv=file.suffix.lower() == ".csv"))
    report: dict[str, Any] = {"imported": 0, "submitted": 0, "already_there": 0, "rejected": []}
    digest = hashlib.sha256(content).hexdigest()[:32]
    for part in _with_bar(parts, quiet=target.as_json):
        done = target.connection.call(
            "POST",
            API,
            params={"submit": str(submit).lower(), "file": digest, "first_row": part.first_row},
            content=part.content,
            headers={"Content-Type": part.media_type},
            auth=(name, password),
        ).value()
        for key, value in done.items():
            report[key] += value
    target.show(report, lambda: _text(report))


def _parts(content: bytes, *, is_csv: bool) -> Iterator[Part]:
    """Cuts a file into parts of some thousand rows; a file that cannot be cut is sent as it is."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Part(content, "text/csv" if is_csv else "application/x-ndjson", 1, 1)
        return
    if is_csv:
        yield from _csv_parts(text, content)
        return
    lines = text.split("\n")
    for begin in range(0, len(lines), CHUNK):
        piece = lines[begin : begin + CHUNK]
        if any(line.strip() for line in piece):
            yield Part("\n".join(piece).encode(), "application/x-ndjson", begin + 1, len(piece))


def _csv_parts(text: str, content: bytes) -> Iterator[Part]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        yield Part(content, "text/csv", 1, 1)
        return
    header = records[0] if records else []
    place = header.index("reference") if "reference" in header else None
    begin = 1
    while begin < len(records) or begin == 1:
        end = min(begin + CHUNK, len(records))
        while place is not None and begin < end < len(records) and _same_order(records, end, place):
            end += 1
        # Its header takes the row before the part's first one, so that rows are counted as in the whole file.
        yield Part(_csv([header, *records[begin:end]]), "text/csv", begin, end - begin)
        begin = max(end, 2)


def _same_order(records: list[list[str]], row: int, place: int) -> bool:
    """Whether a row has the reference of the row before it."""
    here, before = records[row], records[row - 1]
    return len(here) > place < len(before) and here[place].strip() == before[place].strip() != ""


def _csv(records: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(records)
    return out.getvalue().encode()


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


def _text(report: dict[str, Any]) -> str:
    lines = [f"{report['imported']} orders imported, {report['submitted']} submitted"]
    if report["already_there"]:
        lines.append(f"{report['already_there']} were there already, from an earlier run")
    if report["rejected"]:
        lines += ["", f"{len(report['rejected'])} rows were not taken in:", ""]
        rows = [[str(bad["row"]), bad["field"], bad["reason"]] for bad in report["rejected"]]
        lines.append(table(rows, ["ROW", "FIELD", "REASON"]))
    return "\n".join(lines)
