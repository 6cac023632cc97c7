"""Worlds that begin with a case: nobody sees them before they are arranged, and they are the same under each name."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from lkc.world.session import Access
from tests.wire import Wire

CASE = "13/date-format"


def test_a_world_is_not_seen_before_it_is_arranged(wire: Wire) -> None:
    """Neither list nor path nor journal knows it; of two calls for one name one makes the world."""
    name, stop = f"{wire.world}-new", threading.Event()
    seen: set[int] = set()
    statuses: list[int] = []

    def look() -> None:
        while not stop.is_set():
            new = Wire(wire.landscape, name)
            response = new.get("/_sim/scenarios/here")
            seen.add(response.status_code)
            if response.status_code == 200:
                assert response.get_json()["phase"] == "arrange"
            assert {one["name"] for one in wire.value(wire.get("/_sim/worlds"))} <= known

    known = {one["name"] for one in wire.value(wire.get("/_sim/worlds"))} | {name}

    def make() -> None:
        statuses.append(wire.control("POST", "/worlds", {"name": name, "from": f"scenario:{CASE}"}).status_code)

    threads = [threading.Thread(target=make) for _ in range(2)]
    looking = threading.Thread(target=look)
    for thread in (looking, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    looking.join()

    assert sorted(statuses) == [201, 409]
    assert seen <= {404, 200}
    paths = [one["path"] for one in Wire(wire.landscape, name).value(wire.get("/_sim/requests"))]
    assert not [path for path in paths if path.startswith("/ordering")]


@pytest.mark.parametrize("case", ["02/not-restarted", "07/order-delayed", "19/wrong-password"])
def test_an_arranged_world_is_the_same_under_each_name(wire: Wire, case: str) -> None:
    """Every row is the same, but for salted hashes, real moments and where the world says it came from."""
    found = []
    for name in ("a", "quite-another-name"):
        world = f"{wire.world}-{name}"
        wire.value(wire.control("POST", "/worlds", {"name": world, "from": f"scenario:{case}"}), 201)
        found.append(dump(wire, world))

    assert found[0] == found[1]
    assert len(found[0]) > 10


def dump(wire: Wire, name: str) -> list[tuple[Any, ...]]:
    """All rows of a world; what is salted is left out."""
    found: list[tuple[Any, ...]] = []
    with wire.landscape.store.session(name, Access.READ) as world:
        tables = world.driver.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name").fetchall()
        for (table,) in tables:
            for row in world.driver.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608 - names of tables
                kept = [None if isinstance(value, str) and "$argon2" in value else value for value in row]
                found.append((table, *(kept[:7] if table == "world" else kept)))
    return found
