"""Whether an answer is as a step expects it."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.stage import Seen

STATUS, COUNT, SOME, NONE = "status", "count", "some", "none"


def mismatch(seen: Seen, expect: dict[str, Any]) -> str | None:
    """What is not as expected, as a sentence; None where all is.

    Of an object each named member must fit, of a list each entry in order. Beside members there may be `status` (of
    HTTP; without it the answer must be no refusal), `count` (entries of a list), `some` (an entry that fits) and
    `none` (no entry fits).
    """
    wanted = expect.get(STATUS)
    if wanted is None and seen.status >= 400:
        return f"expected no refusal, got {seen.told()}"
    if wanted is not None and seen.status != wanted:
        return f"expected status {wanted}, got {seen.told()}"
    members = {name: value for name, value in expect.items() if name != STATUS}
    return _in_body(seen.body, members, "answer")


def _in_body(found: Any, expect: dict[str, Any], where: str) -> str | None:
    for name, value in expect.items():
        if isinstance(found, list):
            wrong = _in_list(found, name, value, where)
        elif isinstance(found, dict) and name in found:
            wrong = _different(found[name], value, f"{where}.{name}")
        else:
            wrong = f"{where} has no {name}"
        if wrong:
            return wrong
    return None


def _in_list(found: list[Any], name: str, value: Any, where: str) -> str | None:
    if name == COUNT:
        return None if len(found) == value else f"{where} has {len(found)} entries, expected {value}"
    fitting = [entry for entry in found if _different(entry, value, where) is None]
    if name == SOME:
        return None if fitting else f"{where} has no entry like {value}"
    if name == NONE:
        return None if not fitting else f"{where} has an entry like {value}"
    return f"{where} is a list and has no {name}"


def _different(found: Any, value: Any, where: str) -> str | None:
    if isinstance(value, dict):
        return _in_body(found, value, where)
    if isinstance(value, list):
        if not isinstance(found, list) or len(found) != len(value):
            return f"{where} is {_shown(found)}, expected {_shown(value)}"
        pairs = enumerate(zip(found, value, strict=True))
        return next((wrong for at, (one, two) in pairs if (wrong := _different(one, two, f"{where}[{at}]"))), None)
    return None if found == value else f"{where} is {found!r}, expected {value!r}"


def _shown(value: Any) -> str:
    """A value as a sentence can hold it; a list of texts by its entries."""
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        return ", ".join(value)
    return repr(value)
