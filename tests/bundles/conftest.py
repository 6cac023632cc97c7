"""A second landscape, with data of its own: what is saved in one is played in the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lkc.app import Landscape
from lkc.config import Settings
from lkc.world.store import Origin
from tests.wire import Wire


@pytest.fixture(scope="session")
def other_landscape(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landscape]:
    """The landscape of a colleague."""
    made = Landscape(Settings(data_dir=tmp_path_factory.mktemp("elsewhere"), ephemeral=True))
    made.store.create("default", Origin())
    yield made
    made.close()


@pytest.fixture
def elsewhere(other_landscape: Landscape) -> Wire:
    """A client of the world `default` of a colleague."""
    return Wire(other_landscape, "default")
