"""The mistakes in a document, each with its line; so many as somebody will read."""

from __future__ import annotations

from typing import Any

from lkc.world.refusals import Invalid

MOST = 100
LONGEST = 80


class Mistakes:
    """Mistakes as they are found."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []

    def add(self, line: int, field: str, message: str, *received: Any) -> None:
        """Notes a mistake; raises Invalid where there are too many already to go on."""
        mistake: dict[str, Any] = {"line": line, "field": field, "message": message}
        if received:
            value = received[0]
            mistake["received"] = value if isinstance(value, int | float) else str(value)[:LONGEST]
        self.found.append(mistake)
        if len(self.found) >= MOST:
            self.refuse()

    def refuse(self) -> None:
        """Raises DocumentInvalid if there are any."""
        if self.found:
            raise DocumentInvalid(*sorted(self.found, key=lambda mistake: mistake["line"]))


class DocumentInvalid(Invalid):
    """A document from which no world can be made."""

    remedy = "Correct the named lines and send the document again; the world is as it was."

    def __init__(self, *errors: dict[str, Any]) -> None:
        super().__init__(*errors)
        self.detail = f"Line {errors[0]['line']}: {self.detail}"
