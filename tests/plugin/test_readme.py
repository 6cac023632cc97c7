"""What the README says of test suites works as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.plugin.conftest import Suite

README = Path(__file__).resolve().parents[2] / "README.md"
TEST = re.compile(r"<!-- test: .*? -->\n```python\n(.*?)```", re.DOTALL)


def test_the_example_for_pytest_passes(suite: Callable[[str], Suite]) -> None:
    """Pasted into a file it is a suite."""
    match = TEST.search(README.read_text(encoding="utf-8"))
    assert match is not None

    code, said = suite(match[1]).run("--strict-markers", "-W", "error")

    assert (code, "2 passed" in said) == (0, True), said
