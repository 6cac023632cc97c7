"""Patterns that are compiled when first needed."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from lkc.cli.patterns import Later, costly_ones_later

LETTERS = "[a-z\u00a1-\uffff]+"

MARSHMALLOW = """
from lkc.cli.patterns import Later, costly_ones_later
with costly_ones_later():
    import marshmallow
from marshmallow.validate import Email
assert isinstance(Email.DOMAIN_REGEX, Later)
assert Email()("ann@acme.example") == "ann@acme.example"
try:
    Email()("ann@-")
except marshmallow.ValidationError:
    print("refused")
"""


def test_a_costly_pattern_works_as_if_it_had_been_compiled() -> None:
    """It matches, and has the attributes of a pattern."""
    with costly_ones_later():
        pattern = re.compile(LETTERS, re.IGNORECASE)

    assert isinstance(pattern, Later)
    assert pattern.match("\u00c4nn") is not None
    assert pattern.match("1") is None
    assert pattern.pattern == LETTERS


@pytest.mark.parametrize(("pattern", "flags"), [("[a-z]+", re.IGNORECASE), (LETTERS, 0), (b"[a-z]+", re.IGNORECASE)])
def test_other_patterns_are_compiled_at_once(pattern: str | bytes, flags: int) -> None:
    """So is every pattern after the block."""
    with costly_ones_later():
        assert isinstance(re.compile(pattern, flags), re.Pattern)

    assert isinstance(re.compile(LETTERS, re.IGNORECASE), re.Pattern)


def test_marshmallow_still_checks_mail_addresses() -> None:
    """The pattern that is put off is the one of its domains, and is compiled by the first check."""
    found = subprocess.run([sys.executable, "-c", MARSHMALLOW], capture_output=True, text=True, check=True, timeout=60)

    assert found.stdout == "refused\n"
