"""Each test of a suite has a world of its own, as it wants it."""

from __future__ import annotations

from collections.abc import Callable

from tests.plugin.conftest import Suite

MANY = """
import pytest

@pytest.mark.parametrize("number", range(200))
def test_alone(lkc_world, number):
    assert lkc_world.customers.list() == []
    lkc_world.customers.create(icn="0012345", name="Acme Holding")
    with open("worlds", "a") as worlds:
        print(lkc_world.url, lkc_world.world, file=worlds)
"""

MARKED = """
import pytest

@pytest.mark.lkc(from_="scenario:13/date-format", seed=7)
class TestCase:
    def test_arranged(self, lkc_world):
        [order] = lkc_world.orders.list()
        lkc_world.orders.cancel(order["order_number"])
        with open("orders", "a") as orders:
            print(order["order_number"], file=orders)

    test_again = test_arranged

    @pytest.mark.lkc(from_="empty")
    def test_the_nearest_marker_wins(self, lkc_world):
        assert lkc_world.orders.list() == []
        assert lkc_world.worlds.get(lkc_world.world)["seed"] == 7

@pytest.mark.lkc(at="2014-05-01T00:00:00Z", clock="running")
def test_at_a_moment(lkc_world):
    assert lkc_world.clock.show()["mode"] == "running"
    assert lkc_world.clock.show()["now"].startswith("2014-05-01T")

@pytest.mark.lkc(from_="world:default")
def test_a_copy(lkc_world, lkc_server):
    assert lkc_world.url == lkc_server.url

@pytest.mark.lkc(from_="demo", clock="running")
def test_demo(lkc_world):
    assert lkc_world.customers.list()
"""

WRONG = """
import pytest

@pytest.mark.lkc("demo")
def test_without_a_name(lkc_world):
    pass

@pytest.mark.lkc(form="demo")
def test_misspelt(lkc_world):
    pass

@pytest.mark.lkc(from_="nothing")
def test_unknown(lkc_world):
    pass
"""


def test_two_hundred_tests_in_two_processes_share_nothing(suite: Callable[[str], Suite]) -> None:
    """Each process has a server of its own, each test a world; afterwards nothing is left."""
    theirs = suite(MANY)

    code, said = theirs.run("-n", "2")

    worlds = theirs.wrote("worlds")
    urls = {line.split()[0] for line in worlds}
    assert (code, "200 passed" in said) == (0, True), said
    assert (len(set(worlds)), len(urls)) == (200, 2)
    assert theirs.leaves_nothing(*urls)


def test_a_marker_says_how_a_world_begins(suite: Callable[[str], Suite]) -> None:
    """Source, seed, moment and clock; a case that several tests want is the same for each of them."""
    theirs = suite(MARKED)

    code, said = theirs.run("--strict-markers", "-W", "error")

    assert (code, "6 passed" in said) == (0, True), said
    assert len(set(theirs.wrote("orders"))) == 1


def test_a_marker_that_means_nothing_fails_with_a_sentence(suite: Callable[[str], Suite]) -> None:
    """Misspelt settings are not passed over, and what a world cannot begin as is refused."""
    code, said = suite(WRONG).run()

    assert (code, "3 errors" in said) == (1, True), said
    assert said.count("@pytest.mark.lkc takes at, clock, from_, seed, each by its name.") == 2
    assert "must be one of empty, demo" in said
