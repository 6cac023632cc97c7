"""What the simulator itself is asked for: faults, time, and why something is so."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.stage import NOBODY, PRODUCER, Seen, Stage


def fault(stage: Stage, **values: Any) -> Seen:
    """Something is to go wrong: kind, to, minutes, times ..."""
    return stage.call("POST", "/_sim/faults", values)


def advance(stage: Stage, **values: Any) -> Seen:
    """Time passes: days, hours, minutes, to, to_next."""
    return stage.call("POST", "/_sim/clock/advance", values)


def explain(stage: Stage, **subject: Any) -> Seen:
    """Somebody asks why; the answer has the codes of the findings beside them."""
    seen = stage.call("POST", "/_sim/explain", subject)
    if seen.status == 200:
        seen.body["codes"] = [finding["code"] for finding in seen.body["findings"]]
        stage.found += [finding for finding in seen.body["findings"] if finding not in stage.found]
    return seen


def cure(stage: Stage, code: str, by: str = NOBODY, **subject: Any) -> Seen:
    """The call that a finding names as its cure is made; `by` is the member who makes it where it takes one."""
    findings = stage.call("POST", "/_sim/explain", subject).body["findings"]
    action = next(finding["remedy"]["action"] for finding in findings if finding["code"] == code)
    caller = {"producer": PRODUCER, "member": by}.get(action["as"], NOBODY)
    return stage.call(action["method"], action["path"], action["body"], caller)
