"""What tests share: one landscape a process, and a fresh world for each test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from lkc.app import Landscape
from lkc.config import Settings
from lkc.world.store import Origin
from tests.wire import Wire

_numbers = count(1)


@pytest.fixture(scope="session")
def landscape(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landscape]:
    """The landscape in this process, on data that need not survive it."""
    made = Landscape(Settings(data_dir=tmp_path_factory.mktemp("data"), ephemeral=True))
    yield made
    made.close()


@pytest.fixture
def wire(landscape: Landscape) -> Iterator[Wire]:
    """A client of a fresh empty world with a frozen clock (2014-03-03T09:00:00Z)."""
    name = f"t-{next(_numbers)}"
    landscape.store.create(name, Origin())
    yield Wire(landscape, name)
    if landscape.store.exists(name):
        landscape.store.delete(name)
