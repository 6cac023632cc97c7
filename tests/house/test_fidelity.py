"""The ledger of what is imitated and the tests that prove it match both ways."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([FT]\d{2,3}) \| (.+?) \| (\w+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CITATION = re.compile(r"\bQ\d|swg\d|technote|documented:")

LEDGER = (ROOT / "docs" / "fidelity.md").read_text(encoding="utf-8")
ROWS = ROW.findall(LEDGER)


def facts_in(folder: str) -> dict[str, str]:
    """Docstring by `path::name` of every test below a folder."""
    found = {}
    for path in sorted((ROOT / "tests" / folder).rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[f"{path.relative_to(ROOT)}::{node.name}"] = ast.get_docstring(node) or ""
    return found


def test_every_line_of_the_checklist_is_in_the_ledger_once() -> None:
    """F01 to F65 are there, and no id comes twice."""
    ids = [row[0] for row in ROWS]

    assert [f"F{number:02d}" for number in range(1, 66)] == [name for name in ids if name.startswith("F")]
    assert len(set(ids)) == len(ids)


def test_no_row_is_passed_over() -> None:
    """Every line of a table but its head is read as a row, and its last cell to the end."""
    lines = [line for line in LEDGER.splitlines() if line.startswith("|") and not line.startswith(("| id |", "|---"))]

    assert len(ROWS) == len(lines)
    for name, _, _, _, proof in ROWS:
        rest = TEST.sub("", proof).replace("<br>", "")
        assert rest == "" or rest.startswith("not modelled"), name


def test_every_row_says_how_sure_we_are() -> None:
    """Documented, inferred or invented; there is nothing in between."""
    assert {row[2] for row in ROWS} == {"documented", "inferred", "invented"}


def test_every_row_names_a_test_that_exists_or_the_reason_why_not() -> None:
    """A row without a test says that it is not modelled, and why."""
    known = facts_in("")
    for name, _, _, _, proof in ROWS:
        named = [f"{file}::{function}" for file, function in TEST.findall(proof)]
        missing = [test for test in named if test not in known]
        assert missing == [], name
        assert named or proof.startswith("not modelled"), name


def test_every_test_that_cites_a_source_is_in_the_ledger() -> None:
    """A fact worth a source is worth a row."""
    named = {f"{file}::{function}" for row in ROWS for file, function in TEST.findall(row[4])}
    citing = {
        test
        for folder in ("ordering", "keycenter", "mail", "onetrust", "support")
        for test, sentence in facts_in(folder).items()
        if CITATION.search(sentence)
    }

    assert sorted(citing - named) == []
