"""The pytest plugin: a server for each process of a suite, and a fresh world for each test that asks for one.

Nothing but pytest is loaded before the first test needs a server: suites that do without pay nothing.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from lkc.client import Client
    from lkc.client.suite import Suite
    from lkc.client.worlds import NewWorld

MARKER = "lkc(from_=..., at=..., seed=..., clock=...): how the world of the fixture `lkc_world` begins"
SETTINGS = frozenset({"from_", "at", "seed", "clock"})


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marker known."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture(scope="session")
def lkc_server() -> Iterator[Client]:
    """A client of a simulator: of the one at `LKC_URL`, or else of one that runs for this process of the suite only.

    Its `url` is the simulator's address. It is a client of the world `default`, which all tests share.
    """
    from lkc.client import Client  # noqa: PLC0415 - httpx costs 80 ms

    url = os.environ.get("LKC_URL")
    if url:
        with Client(url, token=os.environ.get("LKC_ADMIN_TOKEN")) as client:
            client.clock.show()
            yield client
        return
    from lkc.client.serving import Server  # noqa: PLC0415 - only where one is started

    with Server() as server, Client(server.url) as client:
        yield client


@pytest.fixture(scope="session")
def _lkc_suite(request: pytest.FixtureRequest, lkc_server: Client) -> Iterator[Suite]:
    from lkc.client.suite import Suite  # noqa: PLC0415 - with the first world

    run = getattr(request.config, "workerinput", {"testrunuid": os.urandom(4).hex(), "workerid": "main"})
    suite = Suite(lkc_server, _name(run), os.environ.get("LKC_ADMIN_TOKEN"))
    yield suite
    suite.close()


@pytest.fixture
def lkc_world(request: pytest.FixtureRequest, _lkc_suite: Suite) -> Iterator[Client]:
    """A client of a fresh world, which is empty unless `@pytest.mark.lkc(...)` says otherwise; deleted afterwards."""
    client = _lkc_suite.begin(**_wanted(request.node))
    yield client
    _lkc_suite.end(client)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds to the report of a failed test what its world tells."""
    report = yield
    client = getattr(item, "funcargs", {}).get("lkc_world")
    if client is not None and report.failed and call.when != "teardown":
        from lkc.client.told import sections  # noqa: PLC0415 - only for a failure

        report.sections.extend(sections(client))
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Clears away what a crashed process of pytest-xdist has left at `LKC_URL`; a server of its own went with it."""
    url = os.environ.get("LKC_URL")
    if not error or not url:
        return
    from lkc.client import Client, Refused, Unreachable  # noqa: PLC0415 - only after a crash
    from lkc.client.suite import sweep  # noqa: PLC0415 - likewise

    with Client(url, token=os.environ.get("LKC_ADMIN_TOKEN")) as client:
        try:
            sweep(client, _name(node.workerinput))
        except (Refused, Unreachable) as refused:
            node.config.issue_config_time_warning(pytest.PytestWarning(f"worlds may be left: {refused}"), 2)


def _name(run: dict[str, str]) -> str:
    """What the names of all worlds of one process of a suite begin with."""
    return f"test-{run['testrunuid'][:8]}-{run['workerid']}"


def _wanted(item: pytest.Item) -> NewWorld:
    """How the markers of a test, the nearest first, want its world to begin. Fails the test for what none can be."""
    wanted: dict[str, Any] = {}
    for marker in item.iter_markers("lkc"):
        if marker.args or not SETTINGS.issuperset(marker.kwargs):
            pytest.fail(f"@pytest.mark.lkc takes {', '.join(sorted(SETTINGS))}, each by its name.", pytrace=False)
        wanted = {**marker.kwargs, **wanted}
    return cast("NewWorld", wanted)
