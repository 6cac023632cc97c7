"""How the case of a world stands in documents, beside what the systems have."""

from __future__ import annotations

import json
from typing import Any

from lkc.scenarios.models import AnswerRow, Kind, StageRow, ToldRow
from lkc.world.state.anonymising import PASSWORD
from lkc.world.state.layout import Layout, Section, sections_of
from lkc.world.state.parts import DIGEST, JSON, PLAIN, SENTENCE, Part, Swap, numbered, one_of
from lkc.world.system import System, current_systems

SYSTEM = "scenarios"


def _remade(_: list[dict[str, Any]], made: list[dict[str, Any]], __: Swap) -> None:
    """Everybody's password is another one in an anonymous copy, also that with which a case is played on."""
    for row in made:
        row["passwords"] = json.dumps(dict.fromkeys(json.loads(row["passwords"]), PASSWORD))


def _untold(_: list[dict[str, Any]], made: list[dict[str, Any]], __: Swap) -> None:
    """What was told of people in free sentences is left out of an anonymous copy."""
    for row in made:
        row["told"] = "{}"


PARTS = (
    Part(
        system=SYSTEM,
        model=StageRow,
        name="case",
        key=("id",),
        title="case {case_id}",
        appeared="arranged",
        tells="phase",
        # Who is at work on it says nothing of what became of the world.
        aside=frozenset({"worker", "request_id", "passwords"}),
        remake=_remade,
        columns={
            "id": numbered(),
            "case_id": PLAIN,
            "phase": PLAIN,
            "doing": PLAIN,
            "worker": PLAIN,
            "request_id": DIGEST,
            "kept": SENTENCE,
            "passwords": SENTENCE,
            "failed": PLAIN,
        },
    ),
    Part(
        system=SYSTEM,
        model=ToldRow,
        name="told",
        key=("phase",),
        title="what was told of the {phase}",
        aside=frozenset({"told"}),
        remake=_untold,
        columns={"phase": PLAIN, "told": JSON},
    ),
    Part(
        system=SYSTEM,
        model=AnswerRow,
        name="answer",
        key=("id",),
        title="step {id} of whoever learns here, on case {case_id}",
        tells="kind",
        columns={"id": numbered(), "case_id": PLAIN, "kind": one_of(Kind), "said": PLAIN},
    ),
)


def layout_with_cases(systems: tuple[System, ...]) -> Layout:
    """The layout of a world of these systems, and of the case that is played in it."""
    return Layout([*sections_of(systems), Section(SYSTEM, "The case that is played here", PARTS)])


def current_layout() -> Layout:
    """The layout of the world that answers this request."""
    return layout_with_cases(current_systems())
