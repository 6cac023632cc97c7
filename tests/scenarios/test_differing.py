"""What is different where one of two worlds has a case."""

from __future__ import annotations

import pytest

from tests.wire import Wire


@pytest.mark.parametrize("is_first", [True, False])
def test_a_world_with_a_case_is_compared_with_one_without(wire: Wire, *, is_first: bool) -> None:
    """In both directions the case is told of."""
    other = f"{wire.world}-case"
    assert wire.control("POST", "/worlds", {"name": other, "from": "scenario:13/date-format"}).status_code == 201
    one, two = (other, wire.world) if is_first else (wire.world, other)

    found = wire.value(wire.get(f"/_sim/worlds/{one}/diff/{two}"))["changes"]

    wire.landscape.store.delete(other)
    assert any(change["system"] == "scenarios" and "13/date-format" in change["what"] for change in found)
