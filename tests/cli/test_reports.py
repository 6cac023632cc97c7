"""The report of an import as it is told to people: rows are rows, reasons are reasons, and one is no plural."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.cli.reports import report_text

BAD = {"row": 2, "field": "quantity", "reason": "'x' is not a whole number"}
WORSE = {"row": 3, "field": "part_number", "reason": "the catalogue has no such part number"}


def report(*rejected: dict[str, Any], **counts: int) -> dict[str, Any]:
    """A report with these counts and mistakes."""
    return {"imported": 0, "submitted": 0, "already_there": 0, **counts, "rejected": list(rejected)}


def test_rows_are_counted_and_not_reasons() -> None:
    """Five reasons may stand in two rows."""
    told = report_text(report(BAD, BAD, BAD, WORSE, WORSE, imported=3, submitted=3))

    assert told.startswith("3 orders imported, 3 submitted\n\n2 rows were not taken in:\n")
    assert told.count("is not a whole number") == 3


def test_one_is_told_as_one() -> None:
    """One order, one that was there, one row."""
    told = report_text(report(BAD, BAD, imported=1, submitted=1, already_there=1))

    assert told.startswith(
        "1 order imported, 1 submitted\n1 was there already, from an earlier run\n\n1 row was not taken in:\n"
    )


@pytest.mark.parametrize(
    ("rows", "orders", "told"),
    [(1, 1, "1 row, of 1 order, was not taken in:"), (30, 2, "30 rows, of 2 orders, were not taken in:")],
)
def test_counts_of_the_simulator_go_before_the_list(rows: int, orders: int, told: str) -> None:
    """The list of mistakes has an end, its counts have none."""
    shown = report_text(report(BAD, rejected_rows=rows, refused=orders, rejected_left_out=1))

    assert told in shown
    assert shown.endswith("... and 1 more mistake, for which the list has no room")
