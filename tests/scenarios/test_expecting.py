"""How an answer is held against what a step expects."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.scenarios.expecting import mismatch
from lkc.scenarios.stage import Seen

BODY = {"code": "x", "detail": "No.", "lines": [{"n": 1, "t": "a"}, {"n": 2, "t": "b"}]}


@pytest.mark.parametrize(
    ("body", "expect"),
    [
        (BODY, {}),
        (BODY, {"code": "x"}),
        (BODY, {"lines": [{"n": 1}, {"t": "b"}]}),
        (BODY, {"lines": {"count": 2, "some": {"n": 2}, "none": {"n": 3}}}),
        ([1, 2], {"count": 2, "some": 1, "none": 3}),
        (b"bytes", {}),
    ],
)
def test_an_answer_fits(body: Any, expect: dict[str, Any]) -> None:
    """What is not named may be as it likes."""
    assert mismatch(Seen(200, body), expect) is None


@pytest.mark.parametrize(
    ("status", "body", "expect", "told"),
    [
        (409, BODY, {}, "expected no refusal, got 409 x: No."),
        (409, BODY, {"status": 201}, "expected status 201, got 409 x: No."),
        (200, [], {"status": 201}, "expected status 201, got 200, 0 entries"),
        (200, None, {"status": 404}, "expected status 404, got 200"),
        (200, BODY, {"code": "y"}, "answer.code is 'x', expected 'y'"),
        (200, BODY, {"other": 1}, "answer has no other"),
        (200, b"bytes", {"other": 1}, "answer has no other"),
        (200, BODY, {"code": [1]}, "answer.code is 'x', expected [1]"),
        (200, BODY, {"lines": [{"n": 1}]}, f"answer.lines is {BODY['lines']!r}, expected [{{'n': 1}}]"),
        (200, BODY, {"lines": [{"n": 1}, {"n": 1}]}, "answer.lines[1].n is 2, expected 1"),
        (200, BODY, {"lines": {"count": 1}}, "answer.lines has 2 entries, expected 1"),
        (200, BODY, {"lines": {"some": {"n": 3}}}, "answer.lines has no entry like {'n': 3}"),
        (200, BODY, {"lines": {"none": {"n": 1}}}, "answer.lines has an entry like {'n': 1}"),
        (200, [], {"first": 1}, "answer is a list and has no first"),
    ],
)
def test_what_does_not_fit_is_told(status: int, body: Any, expect: dict[str, Any], told: str) -> None:
    """Where in the answer it is, what is there, and what was expected."""
    assert mismatch(Seen(status, body), expect) == told
