"""The cases that ship with the product, by question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lkc.scenarios.refusals import UnknownCase, UnknownQuestion
from lkc.scenarios.telling import people_of, sentence
from lkc.world.template import shipped

PHASES = ("arrange", "symptom", "remedy", "outcome")

# Arguments of verbs that have a name of Python's own have an underscore behind it there.
_PYTHONS_OWN = frozenset({"license", "format", "from"})
_FOLDER = re.compile(r"(\d\d)_([a-z0-9_]+)\Z")
_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One call of a case.

    Attributes:
        verb: name of the verb.
        values: its arguments; text in braces stands for what an earlier step has kept.
        expect: what the answer must be like; nothing means that it must be no refusal.
        keep: what to keep of the answer, as name and path in it.
        says: what happens here, as a sentence for people: the case's own, or one made of verb and arguments.
    """

    phase: str
    verb: str
    values: dict[str, Any]
    expect: dict[str, Any]
    keep: dict[str, str]
    says: str


@dataclass(frozen=True, slots=True)
class Case:
    """One documented cause of a question's trouble, with symptom, remedy and outcome.

    Attributes:
        id: e.g. `13/date-format`.
        at: what the world's clock shows at first.
        customer: what the customer says, in our words.
        page: where the customer sees it, on a page of an imitated system: a path within the world, in which names in
            braces stand for what the arrangement keeps.
        person: who signs in there: an address that has a password in the arranged world, `producer` for the vendor's
            staff, or empty where nobody does.
    """

    id: str
    question: int
    title: str
    at: datetime
    customer: str
    steps: tuple[Step, ...]
    page: str = ""
    person: str = ""

    def page_with(self, kept: Mapping[str, Any]) -> str | None:
        """Its page in a world in which this was kept; None before the case is arranged there."""
        try:
            return self.page.format_map(kept)
        except KeyError:
            return None


@dataclass(frozen=True, slots=True)
class Question:
    """A documented question.

    Attributes:
        slug: e.g. `error_on_generate`.
        sections: the texts of its page, by heading.
        cases: in the order of their names.
    """

    number: int
    title: str
    slug: str
    sections: dict[str, str]
    cases: tuple[Case, ...]


@cache
def questions() -> tuple[Question, ...]:
    """All questions with their cases, in order."""
    folders = sorted((shipped("seed_data") / "scenarios").iterdir())
    return tuple(_question(folder, match) for folder in folders if (match := _FOLDER.match(folder.name)))


def find_case(name: str) -> Case:
    """A case by its id. Raises UnknownCase."""
    for question in questions():
        for case in question.cases:
            if case.id == name:
                return case
    known = next((one for one in questions() if f"{one.number:02d}" == name.partition("/")[0]), None)
    raise UnknownCase(name, [] if known is None else [case.id for case in known.cases])


def find_question(number: str) -> Question:
    """A question by its number as it is written, such as `13` or `3`. Raises UnknownQuestion."""
    found = {name: one for one in questions() for name in (str(one.number), f"{one.number:02d}")}
    if number not in found:
        raise UnknownQuestion(number)
    return found[number]


def _question(folder: Path, match: re.Match[str]) -> Question:
    text = (folder / "README.md").read_text(encoding="utf-8")
    title = text.split("\n", 1)[0].removeprefix("# ").strip()
    sections = {heading: body.strip() for heading, body in _SECTION.findall(text)}
    number = int(match[1])
    cases = tuple(_case(number, path) for path in sorted(folder.glob("*.toml")))
    return Question(number, title, match[2], sections, cases)


def _case(question: int, path: Path) -> Case:
    import tomllib  # noqa: PLC0415 - only who looks at cases needs it

    told = tomllib.loads(path.read_text(encoding="utf-8"))
    head = told["case"]
    steps = [_step(phase, entry) for phase in PHASES for entry in told.get(phase, [])]
    people = people_of(step.values for step in steps)
    return Case(
        id=f"{question:02d}/{path.stem}",
        question=question,
        title=head["title"],
        at=head["at"].astimezone(UTC),
        customer=head["customer"],
        page=head["page"],
        person=head.get("person", ""),
        steps=tuple(replace(step, says=step.says or sentence(step.verb, step.values, people)) for step in steps),
    )


def _step(phase: str, entry: dict[str, Any]) -> Step:
    values = {f"{name}_" if name in _PYTHONS_OWN else name: value for name, value in entry.items()}
    return Step(
        phase=phase,
        verb=values.pop("do"),
        expect=values.pop("expect", {}),
        keep=values.pop("keep", {}),
        says=values.pop("says", ""),
        values=values,
    )
