"""The client straight into the application of this process, in a fresh world."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from lkc.app import Landscape, ensure_default
from lkc.client import Client
from lkc.config import Settings
from tests.wire import Wire


@pytest.fixture(scope="session")
def landscape(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landscape]:
    """A landscape with a world `default`, as one that serves has it."""
    made = Landscape(Settings(data_dir=tmp_path_factory.mktemp("client"), ephemeral=True))
    ensure_default(made.store, "empty")
    yield made
    made.close()


@pytest.fixture
def client(wire: Wire) -> Iterator[Client]:
    """A client of a fresh empty world, as the vendor's staff."""
    with Client(world=wire.world, transport=httpx.WSGITransport(wire.landscape)) as made:
        yield made
