"""House rules that no linter knows: short files, sentences in tests, a changelog that is kept."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(path for folder in ("lkc", "onetrust", "tests") for path in (ROOT / folder).rglob("*.py"))
WALL = 300


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stays_below_the_wall(path: Path) -> None:
    """A file that passes 300 lines is split by noun."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= WALL


def test_every_test_states_the_fact_it_proves() -> None:
    """A test's docstring is a sentence."""
    silent = []
    for path in CODE:
        if path.is_relative_to(ROOT / "tests"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    sentence = ast.get_docstring(node) or ""
                    if not sentence.endswith("."):
                        silent.append(f"{path.relative_to(ROOT)}:{node.name}")

    assert silent == []


def test_the_changelog_has_a_place_for_what_comes() -> None:
    """Keep a Changelog: an Unreleased section stands first."""
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert headings[0] == "Unreleased"


def test_every_decision_is_in_the_list_of_decisions() -> None:
    """The list names each page once, by its number."""
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"^\| \[\d{4}\]\((.+?)\)", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert listed == sorted(path.name for path in folder.glob("0*.md"))
