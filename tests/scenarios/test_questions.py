"""The collection of cases as a whole: all questions, all verbs, all causes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from lkc.scenarios.cases import Question, questions
from lkc.scenarios.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "lkc" / "explain" / "rules"
HEADINGS = ["What the customer says", "What is seen", "Why", "What helps"]
SLUGS = [
    "best_way_to_get_help",
    "self_troubleshooting",
    "license_problem",
    "information_needed",
    "how_licenses_are_applied",
    "are_the_emails_legitimate",
    "second_email_never_came",
    "download_license_files",
    "e_delivery_names_both",
    "no_password_finder_email",
    "manage_members",
    "cannot_see_all_licenses",
    "error_on_generate",
    "quantity_is_zero",
    "two_expiration_dates",
    "where_is_the_token",
    "unexpected_expiry",
    "token_without_entitlements",
    "ocn_password_reset",
]


def test_all_nineteen_questions_are_there() -> None:
    """In their order, each with two causes at least, and forty-five in all."""
    found = questions()

    assert [question.number for question in found] == list(range(1, 20))
    assert [question.slug for question in found] == SLUGS
    assert [question.slug for question in found if len(question.cases) < 2] == []
    assert sum(len(question.cases) for question in found) >= 45


@pytest.mark.parametrize("question", questions(), ids=[question.slug for question in questions()])
def test_a_question_has_its_page(question: Question) -> None:
    """What the customer says, what is seen, why, and what helps, each with a text."""
    assert question.title
    assert list(question.sections) == HEADINGS
    assert [heading for heading, text in question.sections.items() if not text] == []


def test_every_verb_is_used() -> None:
    """What nobody calls is not there."""
    used = {step.verb for question in questions() for case in question.cases for step in case.steps}

    assert used == set(VERBS)


def test_every_cause_is_shown_by_a_case() -> None:
    """Whatever the rules can name as a cause, some case explains by it."""
    shown = {
        code
        for question in questions()
        for case in question.cases
        for step in case.steps
        if step.verb == "explain"
        for code in step.expect.get("codes", [])
    }

    assert causes() - shown == set()


def causes() -> set[str]:
    """The codes of all findings that name a cause, as they stand in the rules."""
    found: set[str] = set()
    for path in RULES.glob("*.py"):
        if path.stem == "nothing_wrong":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "code":
                found |= texts_in(node.value)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_WENT_WRONG":
                assert isinstance(node.value, ast.Dict)
                found |= {text for value in node.value.values for text in texts_in(value)}
    return found


def texts_in(node: ast.AST) -> set[str]:
    """The texts that stand in an expression."""
    constants = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
    return {text for text in constants if isinstance(text, str)}
