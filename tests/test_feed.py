"""Dates of the feed, and order documents as plain values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkc.feed import DocumentLine, OrderDocument, Person, document_from, format_date, parse_date


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_what_is_formatted_parses_to_the_same_day(day: date) -> None:
    """Writing and reading agree, in any letter case of the month."""
    text = format_date(day)

    assert parse_date(text) == parse_date(text.lower()) == parse_date(text.title()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/12/2014",
        "2014-12-31",
        "31-DEC-14",
        "29-FEB-2015",
        "31-JUN-2014",
        "00-JAN-2014",
        "01-ABC-2014",
        "1-JAN-2014",
        "01-JAN-0000",
        " 01-JAN-2014",
        "01-JAN-2014 ",
        "01-JAN-2014\n",
        "01-JÄN-2014",
        "\u0660\u0661-JAN-2014",
        "permanent",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    """Only two digits, an English month and four digits of an existing day are well formed."""
    assert parse_date(text) is None


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever arrives, the answer is a day or none."""
    day = parse_date(text)

    assert day is None or format_date(day).upper() == text.upper()


def test_a_document_survives_the_way_through_plain_values() -> None:
    """What lies in a due list is what was put there."""
    document = OrderDocument(
        order_number="0001",
        ocn="1",
        icn="0012345",
        customer_name="Acme",
        purchase_order="PO",
        order_date="",
        contact=Person("Ann", "ann@acme.example"),
        registered_end_users=(Person("Bob", "bob@acme.example"),),
        lines=(
            DocumentLine(
                line_number=1,
                part_number="P",
                product="X",
                delivery="key-file",
                quantity=0,
                serial_number=None,
                start_date=None,
                expiration_date="soon",
                license_expiration_date="permanent",
            ),
        ),
        cancelled=True,
    )

    assert document_from(document.as_dict()) == document
    assert document.has("key-file")
    assert not document.has("onetrust")
