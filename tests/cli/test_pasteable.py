"""Calls as lines that can be pasted."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.cli.pasteable import curl

PLAIN: dict[str, Any] = {
    "method": "GET",
    "path": "/x",
    "body": None,
    "file": None,
    "caller": "nobody",
    "password": None,
}


@pytest.mark.parametrize(
    ("made", "has_token", "line"),
    [
        ({}, False, "curl -sS http://h:1/w/a/x"),
        ({"path": "/x?a=1&b=2"}, False, "curl -sS 'http://h:1/w/a/x?a=1&b=2'"),
        (
            {"caller": "ann@x.example", "password": "o'k"},
            False,
            "curl -sS -u 'ann@x.example:o'\"'\"'k' http://h:1/w/a/x",
        ),
        ({"caller": "ann@x.example"}, False, "curl -sS -u ann@x.example: http://h:1/w/a/x"),
        ({"caller": "control"}, True, 'curl -sS -H "Authorization: Bearer $LKC_ADMIN_TOKEN" http://h:1/w/a/x'),
        (
            {"caller": "control", "method": "POST"},
            False,
            "curl -sS -X POST -H 'Content-Type: application/json' http://h:1/w/a/x",
        ),
        ({"file": "l.isslicense"}, False, "curl -sS -o l.isslicense http://h:1/w/a/x"),
        (
            {"file": "l.isslicense", "method": "POST"},
            False,
            "curl -sS -X POST --data-binary @l.isslicense http://h:1/w/a/x",
        ),
        (
            {
                "file": "l.isslicense",
                "method": "POST",
                "saved_by": {"path": "/f", "caller": "producer", "password": None},
            },
            False,
            (
                'curl -sS -u "${LKC_PRODUCER:-producer:producer}" -o l.isslicense http://h:1/w/a/f && '
                "curl -sS -X POST --data-binary @l.isslicense http://h:1/w/a/x"
            ),
        ),
        (
            {"file": "FILE", "method": "POST", "content": "To: a\r\n\r\nIt's \\."},
            False,
            r"curl -sS -X POST --data-binary $'To: a\r\n\r\nIt\'s \\.' http://h:1/w/a/x",
        ),
    ],
)
def test_a_call_is_a_line_of_curl(made: dict[str, Any], has_token: bool, line: str) -> None:  # noqa: FBT001 - a table
    """With credentials, the type of the body, and everything quoted that the shell would read."""
    assert curl("http://h:1", "a", {**PLAIN, **made}, has_token=has_token) == line
