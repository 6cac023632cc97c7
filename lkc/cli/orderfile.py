"""A file of orders, cut into parts that can be imported one after the other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 600
CSV, NDJSON = "text/csv", "application/x-ndjson"
LONGEST_CELL = 64 * 1024
SEPARATORS = {";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file that can be imported by itself: whole orders, and the row in which it begins."""

    content: bytes
    media_type: str
    first_row: int
    rows: int

    @property
    def last_row(self) -> int:
        """The row of the whole file with which it ends."""
        return self.first_row + self.rows - (0 if self.media_type == CSV else 1)


def is_csv(file: Path, content: bytes) -> bool:
    """Whether a file is CSV rather than NDJSON: by its extension, else by its first character."""
    extension = file.suffix.lower()
    if extension in {".csv", ".ndjson", ".jsonl", ".json"}:
        return extension == ".csv"
    return not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def other_separator(content: bytes) -> str | None:
    """By what the cells of a CSV file seem to be separated where it is not by commas, or None."""
    header = content.decode("utf-8", "replace").partition("\n")[0]
    if "," in header:
        return None
    return next((name for sign, name in SEPARATORS.items() if sign in header), None)


def parts(content: bytes, *, csv_rows: bool) -> Iterator[Part]:
    """Cuts a file into parts of some thousand rows; a file that cannot be cut is sent as it is."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Part(content, CSV if csv_rows else NDJSON, 1, 1)
        return
    if csv_rows:
        yield from _csv_parts(text, content)
        return
    lines = text.split("\n")
    for begin in range(0, len(lines), CHUNK):
        piece = lines[begin : begin + CHUNK]
        if any(line.strip() for line in piece):
            yield Part("\n".join(piece).encode(), NDJSON, begin + 1, len(piece))


def _csv_parts(text: str, content: bytes) -> Iterator[Part]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        yield Part(content, CSV, 1, 1)
        return
    header = records[0] if records else []
    place = header.index("reference") if "reference" in header else None
    begin = 1
    while begin < len(records) or begin == 1:
        end = min(begin + CHUNK, len(records))
        while place is not None and begin < end < len(records) and _same_order(records, end, place):
            end += 1
        # Its header takes the row before the part's first one, so that rows are counted as in the whole file.
        yield Part(_csv([header, *records[begin:end]]), CSV, begin, end - begin)
        begin = max(end, 2)


def _same_order(records: list[list[str]], row: int, place: int) -> bool:
    """Whether a row has the reference of the row before it."""
    here, before = records[row], records[row - 1]
    return len(here) > place < len(before) and here[place].strip() == before[place].strip() != ""


def _csv(records: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(records)
    return out.getvalue().encode()
