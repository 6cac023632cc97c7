"""What an import did: counts that are always right, and a list of mistakes that has an end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lkc.ordering.reading import RowOrder
from lkc.ordering.refusals import TooManyBadRows

MAX_LISTED = 10_000
MAX_BAD_ROWS = 10_000
MAX_MISTAKES = 100_000
LISTED_IN_REFUSAL = 100


@dataclass(slots=True)
class Report:
    """What an import did.

    Attributes:
        imported: orders booked.
        submitted: orders handed to the delivery systems.
        already_there: orders of this file that an earlier run had booked, with the same content.
        refused: orders that were not taken in.
        rejected_rows: rows of these orders.
        mistakes: how many mistakes there are, listed or not.
        rejected: row, field and reason of the first mistakes.
    """

    imported: int = 0
    submitted: int = 0
    already_there: int = 0
    refused: int = 0
    rejected_rows: int = 0
    mistakes: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def reject(self, order: RowOrder) -> None:
        """Names each bad row of an order, and its other rows, which stay out with them."""
        named = list(order.mistakes)
        bad = {row for row, _, _ in named}
        reason = f"belongs to the order of row {min(bad)}, which was refused"
        named += [(row, "row", reason) for row in order.rows if row not in bad]
        self.refused += 1
        self.rejected_rows += len(order.rows)
        self.mistakes += len(named)
        named.sort(key=lambda mistake: mistake[0])
        for row, name, reason in named[: MAX_LISTED - len(self.rejected)]:
            self.rejected.append({"row": row, "field": _shown(name), "reason": _shown(reason)})

    def check(self, row: int) -> None:
        """Raises TooManyBadRows where it makes no sense to read on after this row.

        Orders of many lines have many mistakes in one row of JSON lines, so these are counted too.
        """
        if self.rejected_rows >= MAX_BAD_ROWS or self.mistakes >= MAX_MISTAKES:
            first = self.rejected[0]
            raise TooManyBadRows(
                f"{self.rejected_rows} rows are bad, and reading stopped at row {row}; {self.imported} orders were "
                f"imported before. The first mistake: row {first['row']}, {first['field']}: {first['reason']}.",
                stopped_at=row,
                **self.view(LISTED_IN_REFUSAL),
            )

    def view(self, limit: int = MAX_LISTED) -> dict[str, Any]:
        """The report as it is answered, with at most so many mistakes listed."""
        listed = self.rejected[:limit]
        return {
            "imported": self.imported,
            "submitted": self.submitted,
            "already_there": self.already_there,
            "refused": self.refused,
            "rejected_rows": self.rejected_rows,
            "rejected_left_out": self.mistakes - len(listed),
            "rejected": listed,
        }


def _shown(text: str) -> str:
    """Text as it can be answered, whatever stood in the file."""
    return text.encode("utf-8", "backslashreplace").decode()[:500]
