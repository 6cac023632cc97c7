"""FlexNet license files: what their lines may hold, and how wide they are."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkc.keycenter.files import flexnet
from lkc.keycenter.files.verification import verify
from tests.keycenter.test_license_files import KEYS, SIGNER, grant, parsed, printable


def lines_of(content: bytes) -> list[str]:
    """The lines of a file but its last, the seal."""
    return content.decode("latin-1").split("\n")[:-2]


def test_a_flexnet_file_begins_as_ever() -> None:
    """Everything but the seal, letter by letter."""
    content = flexnet.render(grant(serial_number="S-1"), SIGNER)

    assert lines_of(content) == [
        "# Simulated by the LKC Simulator. This file licenses nothing outside of it.",
        '# account "25572379" icn "0012345"',
        '# serial number "S-1"',
        "SERVER this_host ANY",
        "VENDOR lkcsim",
        "INCREMENT PROVENTIA_NETWORK_IPS_GX4004 lkcsim 2014.1231 permanent 5 \\",
        '    SIGN="SIMULATED" \\',
        "    ISSUED=03-mar-2014 \\",
        "    START=01-jan-2014 \\",
        '    SN="0005283-1" \\',
        '    VENDOR_STRING="key 41649 part D0GX4LL" \\',
        '    NOTICE="SIMULATED - Acme Holding"',
    ]


def test_a_file_for_a_host_names_it() -> None:
    """Without a start there is no START; with a host id the file is bound to it."""
    found = parsed(flexnet.render(grant(host_id="001122334455", start=None), SIGNER))

    assert found["server"] == ["this_host", "001122334455"]
    assert "START" not in found["options"]


@given(product=printable, name=printable, part=printable, quantity=st.integers(1, 10_000_000))
def test_any_reader_finds_the_fields(product: str, name: str, part: str, quantity: int) -> None:
    """Whatever names hold: three statements, six fields in their order, lines below 80 characters, a count above 0."""
    content = flexnet.render(grant(product=product, customer_name=name, part_number=part, quantity=quantity), SIGNER)

    found = parsed(content)

    assert found["keywords"] == ["SERVER", "VENDOR", "INCREMENT"]
    assert re.fullmatch(r"[A-Z0-9]+(_[A-Z0-9]+)*", found["fields"][0])
    assert len(found["fields"][0]) <= 60
    assert found["fields"][1:] == ["lkcsim", "2014.1231", "permanent", str(quantity)]
    assert found["sixth"] == 'SIGN="SIMULATED"'
    assert found["options"]["NOTICE"].startswith('"SIMULATED - ')
    assert max(map(len, lines_of(content))) < 80


@pytest.mark.parametrize(
    ("product", "lines"),
    [
        ("a" * 35, [f"INCREMENT {'A' * 35} lkcsim 2014.1231 31-dec-2014 7 \\"]),
        ("a" * 36, [f"INCREMENT {'A' * 36} lkcsim 2014.1231 31-dec-2014 7 \\"]),
        ("a" * 37, [f"INCREMENT {'A' * 37} \\", "    lkcsim 2014.1231 31-dec-2014 7 \\"]),
    ],
)
def test_fields_that_are_too_wide_go_on_in_the_next_line(product: str, lines: list[str]) -> None:
    """A long feature has the first line for itself."""
    content = flexnet.render(grant(product=product, license_end=date(2014, 12, 31), quantity=7), SIGNER)

    assert lines_of(content)[4 : 4 + len(lines)] == lines
    assert lines_of(content)[4 + len(lines)] == '    SIGN="SIMULATED" \\'


@pytest.mark.parametrize(
    ("product", "feature"),
    [
        ("Ä-1 (x)", "1_X"),
        ("IPS -- 2", "IPS_2"),
        ("山田", "UNNAMED"),
        ("a" * 99, "A" * 60),
        ("a" * 59 + " b", "A" * 59),
    ],
)
def test_a_feature_is_named_in_plain_letters(product: str, feature: str) -> None:
    """Letters, digits and single underscores, never empty, never too long."""
    assert flexnet.feature_name(product) == feature


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ('The "Best" Co', "The 'Best' Co"),
        ("a\\", "a/"),
        ("two\nlines\t\x85", "two lines  "),
        ("Zoë & Söhne = 1", "Zoë & Söhne = 1"),
        ("山田 Ltd", "?? Ltd"),
        ("n" * 99, "n" * 43),
    ],
)
def test_a_notice_holds_what_quotes_can_hold(name: str, kept: str) -> None:
    """No double quotes, control characters or backslashes; Latin-1 as it is, else question marks; long names cut."""
    content = flexnet.render(grant(customer_name=name), SIGNER)

    assert lines_of(content)[-1] == f'    NOTICE="SIMULATED - {kept}"'
    assert verify(content, KEYS).customer_name == kept


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_english_and_small(month: int) -> None:
    """Two digits of the day, three letters of the month, four digits of the year; it reads back."""
    names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    day = date(2014, month, 1)

    text = flexnet.written(day)

    assert text == f"01-{names[month - 1]}-2014"
    assert flexnet.read(text) == day
