"""Reading a file of orders before it is sent: its kind, and by what its cells are separated."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkc.cli.orderfile import is_csv, other_separator


@pytest.mark.parametrize(
    ("name", "content", "csv"),
    [
        ("a.csv", b'{"icn": 1}', True),
        ("a.CSV", b"", True),
        ("a.ndjson", b"icn", False),
        ("a.jsonl", b"icn", False),
        ("a.JSON", b"icn", False),
        ("a.txt", b"icn,part_number", True),
        ("a", b'\xef\xbb\xbf \n {"icn": 1}', False),
        ("a.txt", b"", True),
    ],
)
def test_a_file_is_csv_or_ndjson_by_extension_or_first_character(name: str, content: bytes, *, csv: bool) -> None:
    """Where the extension says nothing, a brace begins NDJSON."""
    assert is_csv(Path(name), content) is csv


@pytest.mark.parametrize(
    ("header", "separator"),
    [(b"icn;quantity\n", "semicolons"), (b"icn\tquantity", "tabs"), (b"icn,a;b\n", None), (b"icn\n1;2", None)],
)
def test_another_separator_than_a_comma_is_found(header: bytes, separator: str | None) -> None:
    """Spreadsheets of some countries write semicolons."""
    assert other_separator(header) == separator
