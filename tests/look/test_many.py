"""Pages of a world with ten thousand orders come in parts; how soon they come is measured by `make bench`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lkc.app import Landscape
from tests.many import PATHS, WORLD, reader_of_many
from tests.reader import Reader


@pytest.fixture(scope="module")
def reader(landscape: Landscape) -> Iterator[Reader]:
    """Somebody who may see all the orders."""
    yield reader_of_many(landscape)
    landscape.store.delete(WORLD)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_holds_no_more_than_fits_on_it(reader: Reader, path: str) -> None:
    """What was looked for is there, and nowhere are all the ten thousand."""
    reader.open(path)

    assert PATHS[path] in reader.text
    assert len(reader.html) < 100_000
