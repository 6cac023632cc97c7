"""A connection never leaves its world, whatever stands in a name."""

from __future__ import annotations

import httpx
import pytest

from lkc.client import Connection, path_of


@pytest.mark.parametrize("name", ["", "..", ".", "a/b", "victim?x", "Acme", "-a", "a" * 64, "a\n"])
def test_a_name_that_no_world_can_have_is_refused(name: str) -> None:
    """It would lead into another world, or to nothing."""
    with pytest.raises(ValueError, match="cannot be the name of a world"):
        Connection(world=name)


@pytest.mark.parametrize(
    ("part", "quoted"),
    [("victim?x", "victim%3Fx"), ("a/b", "a%2Fb"), ("a#b %", "a%23b%20%25"), ("ü", "%C3%BC"), (7, "7")],
)
def test_a_part_of_a_path_stays_one(part: str | int, quoted: str) -> None:
    """What would end a path, or cut it, is quoted."""
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(204)

    connection = Connection(world="acme", transport=httpx.MockTransport(answer))
    connection.control("DELETE", path_of("worlds", part))
    connection.close()

    assert seen == [f"/w/acme/_sim/worlds/{quoted}".encode()]


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_a_part_that_can_be_none_is_refused(part: str) -> None:
    """Points lead upwards even where they are quoted, and nothing is no name."""
    with pytest.raises(ValueError, match="cannot be a part of a path"):
        path_of("worlds", part)
