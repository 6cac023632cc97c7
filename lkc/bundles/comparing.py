"""Whether a call was answered as it was before, and what is different in the answer."""

from __future__ import annotations

import difflib
import re
from datetime import datetime
from itertools import islice

import orjson

from lkc.bundles.model import Answered
from lkc.bundles.neutral import laid_out

# So much of the end of a part of a body is not compared: a name of another length moves where it was cut.
UNSURE = 400
CONTEXT, MOST_LINES, LONGEST_LINE = 2, 60, 240
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z")
_SECOND = 1.0


def what_differs(expected: Answered, got: Answered, *, is_broken: bool, runs: bool) -> str:
    """What is different in an answer, in a few words; empty where nothing is.

    Args:
        expected: as it was.
        got: as it is, made as neutral.
        is_broken: whether the connection ended before the answer did, of which no more is known then.
        runs: whether the world's clock runs, so that a call may meet the next second.
    """
    if expected.status != got.status:
        return f"{_status(got)} instead of {_status(expected)}"
    if expected.faults != got.faults:
        return f"with {_faults(got)} instead of {_faults(expected)}"
    if expected.location != got.location:
        return f"it leads to {got.location or 'nowhere'} instead of {expected.location or 'nowhere'}"
    if expected.body is None or is_broken or _same(expected, got, runs=runs):
        return ""
    return "the body is another"


def difference(expected: Answered, got: Answered) -> list[str]:
    """The lines in which two bodies differ, as `diff` shows them; what was is marked with a minus."""
    before, after = (laid_out(one.body or "").splitlines() for one in (expected, got))
    lines = difflib.unified_diff(before, after, "expected", "got", lineterm="", n=CONTEXT)
    return [line[:LONGEST_LINE] for line in islice(lines, MOST_LINES)]


def _same(expected: Answered, got: Answered, *, runs: bool) -> bool:
    before, after = expected.body or "", got.body or ""
    if not expected.is_whole or not got.is_whole:
        length = max(0, min(len(before), len(after)) - UNSURE)
        before, after = before[:length], after[:length]
    if before == after or _value(before) == _value(after):
        return True
    return runs and _same_but_for_a_second(before, after)


def _value(text: str) -> object:
    """A JSON value, or the text itself."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _same_but_for_a_second(before: str, after: str) -> bool:
    before, after = laid_out(before), laid_out(after)
    if _STAMP.sub("", before) != _STAMP.sub("", after):
        return False
    pairs = zip(_STAMP.findall(before), _STAMP.findall(after), strict=True)
    return all(_distance(one, other) <= _SECOND for one, other in pairs)


def _distance(one: str, other: str) -> float:
    """How many seconds lie between two stamps; too many where one is none."""
    try:
        return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds())
    except ValueError:
        return _SECOND * 2


def _status(answer: Answered) -> str:
    return "no answer" if answer.status is None else str(answer.status)


def _faults(answer: Answered) -> str:
    return ", ".join(answer.faults) or "no fault"
