"""What the documented questions are about, for whoever looks for one."""

from __future__ import annotations

THEMES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("Asking for help", (1, 2, 3, 4, 19)),
    ("Mails and passwords", (6, 7, 9, 10)),
    ("The key center", (8, 11, 12, 13, 14, 15)),
    ("Products and tokens", (5, 16, 17, 18)),
)


def theme_of(question: int) -> str:
    """The theme of a question, by its number (1-19)."""
    return next(title for title, numbers in THEMES if question in numbers)
