"""Which day a badly written date can mean: one, or none that could be told."""

from __future__ import annotations

from datetime import date

import pytest

from lkc.explain.rules.licenses import meant

LAST = date(2014, 12, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-12-31", LAST),
        ("2014/12/31", LAST),
        ("31/12/2014", LAST),
        ("31.12.2014", LAST),
        ("12/31/2014", LAST),
        ("31-DEC-14", LAST),
        ("31 december 2014", LAST),
        (" 31-Dec-2014 ", LAST),
        ("29-FEB-2015", date(2015, 2, 28)),
        ("31-APR-2014", date(2014, 4, 30)),
        ("05/05/2014", date(2014, 5, 5)),
        ("03/04/2014", None),
        ("31-DEZ-2014", None),
        ("2014-13-40", None),
        ("2014-13-05", None),
        ("2014-31-12", None),
        ("31-MAYFLOWER-2014", None),
        ("31-Mayflower-2014", None),
        ("1-MARS-2014", None),
        ("31.02.2014", date(2014, 2, 28)),
        ("00/12/2014", None),
        ("", None),
        ("soon", None),
    ],
)
def test_what_a_date_can_mean(text: str, day: date | None) -> None:
    """A day where only one is possible, the last of the month for a day that it lacks; else nobody guesses."""
    assert meant(text) == day
