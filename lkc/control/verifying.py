"""Whether something was called: exchanges of the journal held against what was expected, and the nearest misses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

from lkc.world.refusals import Refused

MISSES = 5
MOST_DIFFERENCES = 20

Entry = dict[str, Any]
Difference = dict[str, Any]

_WILD = re.compile(r"\*\*|\*|\{\w+\}")


class VerificationFailed(Refused):
    """What was expected was not called, or not so often."""

    code = "verification-failed"
    remedy = "Compare `misses`: what differs in the calls that come nearest, the best first."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the journal says: how many calls fit, and of those that do not, the nearest."""

    count: int
    fitting: tuple[Entry, ...]
    misses: tuple[Entry, ...]


def verify(entries: Iterable[Entry], expected: Mapping[str, Any]) -> int:
    """How many exchanges fit. Raises VerificationFailed where they are too few or too many."""
    verdict = _judged(entries, expected)
    at_least = expected.get("times", expected.get("at_least", 0 if "at_most" in expected else 1))
    at_most = expected.get("times", expected.get("at_most"))
    if verdict.count >= at_least and (at_most is None or verdict.count <= at_most):
        return verdict.count
    wanted = _words(at_least, at_most)
    raise VerificationFailed(
        f"{expected['method']} {expected['path']} was called {_times(verdict.count)} as expected, and {wanted} wanted.",
        count=verdict.count,
        expected=wanted,
        misses=list(verdict.misses) if verdict.count < at_least else [],
        fitting=list(verdict.fitting),
    )


def path_fits(pattern: str, path: str) -> bool:
    """Whether a path is as a pattern says: `*` and `{name}` are one step of it, `**` is any number of steps."""
    return _compiled(pattern).fullmatch(path) is not None


def is_pattern(text: str) -> bool:
    """Whether a path has places for anything in it."""
    return _WILD.search(text) is not None


def _judged(entries: Iterable[Entry], expected: Mapping[str, Any]) -> Verdict:
    fitting: list[Entry] = []
    misses = []
    count = 0
    for place, entry in enumerate(entries):
        differences = list(_differences(entry, expected))
        if not differences:
            count += 1
            fitting = [*fitting[1 - MISSES :], _summary(entry)]
        else:
            misses.append((_distance(differences), -place, entry, differences))
    misses.sort(key=lambda miss: miss[:2])
    nearest = tuple(
        {**_summary(entry), "differences": differences[:MOST_DIFFERENCES]}
        for _, _, entry, differences in misses[:MISSES]
    )
    return Verdict(count, tuple(fitting), nearest)


def _differences(entry: Entry, expected: Mapping[str, Any]) -> Iterator[Difference]:
    """What in an exchange is not as expected, field by field."""
    if expected["method"] not in {"*", entry["method"]}:
        yield _difference("method", expected["method"], entry["method"])
    if not path_fits(expected["path"], entry["path"]):
        yield _difference("path", expected["path"], entry["path"])
    for name in ("system", "status"):
        if name in expected and expected[name] != entry[name]:
            yield _difference(name, expected[name], entry[name])
    yield from _parameters(entry, expected.get("query", {}))
    request = entry.get("request", {})
    yield from _headers(request.get("headers", {}), expected.get("headers", {}))
    if "body" in expected and not request.get("whole", True):
        yield _difference("body", expected["body"], "a body longer than is kept")
    elif "body" in expected:
        yield from _missing(expected["body"], request.get("body"), "body")


def _parameters(entry: Entry, expected: Mapping[str, str]) -> Iterator[Difference]:
    given = parse_qs(entry["query"], keep_blank_values=True)
    for name, value in expected.items():
        if value not in given.get(name, ()):
            yield _difference(f"query.{name}", value, ", ".join(given[name]) if name in given else None)


def _headers(given: Mapping[str, str], expected: Mapping[str, str]) -> Iterator[Difference]:
    for name, value in expected.items():
        received = given.get(name.lower())
        if received is None or value not in {"*", received}:
            yield _difference(f"headers.{name}", value, received)


def _missing(expected: Any, received: Any, where: str) -> Iterator[Difference]:
    """Where a value does not hold what is expected: objects may have more members, lists no more entries."""
    if isinstance(expected, dict) and isinstance(received, dict):
        for name, value in expected.items():
            if name in received:
                yield from _missing(value, received[name], f"{where}.{name}")
            else:
                yield _difference(f"{where}.{name}", value, None)
    elif isinstance(expected, list) and isinstance(received, list) and len(expected) == len(received):
        for place, (one, other) in enumerate(zip(expected, received, strict=True)):
            yield from _missing(one, other, f"{where}[{place}]")
    elif where == "body" and isinstance(expected, str) and isinstance(received, str):
        if expected not in received:
            yield _difference(where, expected, received)
    elif isinstance(expected, bool) is not isinstance(received, bool) or expected != received:
        yield _difference(where, expected, received)


def _distance(differences: list[Difference]) -> float:
    """How far an exchange is from what was expected: a foreign path weighs most."""
    weight = 0.0
    for difference in differences:
        if difference["field"] == "path":
            weight += 10 * (1 - SequenceMatcher(None, difference["expected"], difference["received"]).ratio())
        else:
            weight += 2 if difference["field"] in {"method", "system"} else 1
    return weight


def _difference(field: str, expected: Any, received: Any) -> Difference:
    return {"field": field, "expected": expected, "received": received}


def _summary(entry: Entry) -> Entry:
    return {name: entry[name] for name in ("id", "at", "request_id", "method", "path", "query", "status")}


def _words(at_least: int, at_most: int | None) -> str:
    if at_most is None:
        return f"at least {_times(at_least)}"
    if at_least == at_most:
        return f"exactly {_times(at_most)}"
    return f"{at_least} to {at_most} times" if at_least else f"at most {_times(at_most)}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


@lru_cache(256)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = {"**": ".*", "*": "[^/]*"}
    text, end = "", 0
    for wild in _WILD.finditer(pattern):
        text += re.escape(pattern[end : wild.start()]) + parts.get(wild[0], "[^/]+")
        end = wild.end()
    return re.compile(text + re.escape(pattern[end:]))
