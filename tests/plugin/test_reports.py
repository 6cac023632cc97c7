"""A failed test's report shows what its world tells; others show nothing and pay nothing."""

from __future__ import annotations

from collections.abc import Callable

from tests.plugin.conftest import Suite

FAILING = """
import pytest

@pytest.mark.lkc(from_="scenario:13/date-format")
def test_generate(lkc_world):
    [order] = lkc_world.orders.list()
    [license] = lkc_world.licenses.list(order["order_number"])
    lkc_world.licenses.generate(license["license_id"])

@pytest.fixture
def broken(lkc_world):
    raise RuntimeError("no set-up")

def test_set_up(broken):
    pass

def test_gone(lkc_world):
    lkc_world.worlds.delete(lkc_world.world)
    assert lkc_world.url == ""
"""

PASSING = """
def test_it(lkc_world):
    lkc_world.customers.list()
"""

OTHER = """
import sys

def test_nothing_is_loaded():
    loaded = {"httpx", "flask", "lkc.client", "lkc.cli"} & set(sys.modules)
    assert not loaded and "lkc.pytest_plugin" in sys.modules

def test_fails_as_ever():
    assert False
"""


def test_a_failed_test_shows_journal_timeline_and_findings(suite: Callable[[str], Suite]) -> None:
    """What was called, what happened, and why; also through a worker of pytest-xdist."""
    code, said = suite(FAILING).run("-n", "1")

    assert code == 1
    assert "date-format: " in said
    assert "409  POST /lkc/api/v1/licenses/" in said
    assert "ordering  order-submitted: " in said
    assert "date-format (question 13): " in said
    assert "What helps: " in said
    assert "cannot be had: unknown-world" in said


def test_a_passed_test_shows_nothing(suite: Callable[[str], Suite]) -> None:
    """Not even where all output is asked for."""
    code, said = suite(PASSING).run("-rA")

    assert (code, "lkc:" in said) == (0, False), said


def test_a_suite_without_worlds_loads_and_shows_nothing(suite: Callable[[str], Suite]) -> None:
    """The plugin costs nothing before the first server."""
    code, said = suite(OTHER).run()

    assert (code, "1 failed, 1 passed" in said, "lkc:" in said) == (1, True, False), said
