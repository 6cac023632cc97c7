"""Secrets in queries and forms, by their names."""

from __future__ import annotations

import pytest

from lkc.world import redaction


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("password=abc", "password=***"),
        ("user%5Bx%5D=1&new-password=abc&limit=5", "user%5Bx%5D=1&new-password=***&limit=5"),
        ("user[password]=abc", "user[password]=***"),
        ("my_api_key=abc&api_keys=2", "my_api_key=***&api_keys=2"),
        ("passage=abc&compass=1&pass=abc", "passage=abc&compass=1&pass=***"),
        ("again=abc&against=1", "again=***&against=1"),
        ("proxy=http%3A%2F%2Fuser%3Aabc%40host", "proxy=http%3A%2F%2Fuser%3A***%40host"),
        ("password", "password"),
        ("a=b=c&&x", "a=b=c&&x"),
    ],
)
def test_a_secret_is_hidden_by_its_name(text: str, shown: str) -> None:
    """The name may have other words before and behind it; a word that only begins alike is none."""
    assert redaction.query(text) == shown


@pytest.mark.parametrize("piece", ["password", "://a:", "a_", "&passwordpassword", "%3A%2F%2Fa%3A"])
def test_a_long_query_that_looks_like_many_secrets_is_looked_through_once(piece: str) -> None:
    """It comes out as it went in; a search from each of its pieces would hold up everybody for minutes."""
    text = piece * (200_000 // len(piece))

    assert redaction.query(text) == text
