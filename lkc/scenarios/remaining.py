"""What is left to do in the case of a world: the causes that its own question finds still."""

from __future__ import annotations

from typing import Any

from lkc.explain.case import Subject
from lkc.explain.explaining import explain
from lkc.explain.refusals import NothingKnown
from lkc.scenarios.cases import Case, find_case
from lkc.scenarios.refusals import UnknownCase
from lkc.scenarios.stage import filled_with
from lkc.scenarios.standing import Standing, standing_of
from lkc.world.refusals import Invalid
from lkc.world.session import WorldSession


def findings_left(world: WorldSession) -> int | None:
    """How many of the causes that a case arranges are there still; None where no case is arranged."""
    standing = standing_of(world)
    if standing is None or not standing.phase:
        return None
    try:
        case = find_case(standing.case_id)
        subject = subject_of(case, standing)
        found = {finding.code for finding in explain(world, subject)} if subject is not None else set()
    except (UnknownCase, NothingKnown, Invalid):
        return None
    return len(found & codes_of(case))


def subject_of(case: Case, standing: Standing) -> Subject | None:
    """What the case itself asks about; None where it does not name that yet."""
    for step in case.steps:
        if step.phase == "symptom" and step.verb == "explain":
            try:
                values: dict[str, Any] = filled_with(standing.kept, step.values)
            except KeyError:
                return None
            return Subject(**values)
    return None


def codes_of(case: Case) -> set[str]:
    """The causes that the case arranges, by their codes."""
    return {
        code
        for step in case.steps
        if step.phase == "symptom" and step.verb == "explain"
        for code in step.expect.get("codes", [])
    }
