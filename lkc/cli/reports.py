"""What an import of orders did, in sentences that count rightly."""

from __future__ import annotations

from typing import Any

from lkc.cli.target import table


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 order`, `2 orders`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def report_text(report: dict[str, Any]) -> str:
    """The report of an import for people: orders that went in, and rows that did not, each with its reasons."""
    lines = [f"{counted(report['imported'], 'order')} imported, {report['submitted']} submitted"]
    there = report["already_there"]
    if there:
        lines.append(f"{there} {'was' if there == 1 else 'were'} there already, from an earlier run")
    if report["rejected"]:
        number = report.get("rejected_rows") or len({bad["row"] for bad in report["rejected"]})
        of_orders = f", of {counted(report['refused'], 'order')}," if report.get("refused") else ""
        lines += ["", f"{counted(number, 'row')}{of_orders} {'was' if number == 1 else 'were'} not taken in:", ""]
        rows = [[str(bad["row"]), bad["field"], bad["reason"]] for bad in report["rejected"]]
        lines.append(table(rows, ["ROW", "FIELD", "REASON"], none=""))
    left_out = report.get("rejected_left_out")
    if left_out:
        lines.append(f"... and {counted(left_out, 'more mistake')}, for which the list has no room")
    return "\n".join(lines)
