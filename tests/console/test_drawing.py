"""The drawing of the map: layers, boxes and lines, for whatever the systems state."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkc.app import SYSTEMS
from lkc.console.drawing.layers import layered
from lkc.console.drawing.plan import NARROW, WIDE, Box, Measure, planned
from lkc.world.landscape import PEOPLE

NODES = (*(system.id for system in SYSTEMS), PEOPLE)
ARROWS = tuple((route.start or system.id, route.to) for system in SYSTEMS for route in system.routes)


def test_things_travel_on_from_the_order_system() -> None:
    """It stands first, the customer behind all that reaches him, and two ways lead back."""
    layers = layered(NODES, ARROWS)

    assert layers.rows[0] == ["ordering"]
    assert layers.rows[3] == [PEOPLE]
    assert set(layers.rows[4]) == {"products", "support"}
    assert layers.back == {("products", "onetrust"), ("support", "ordering")}


def test_whatever_is_stated_is_drawn() -> None:
    """Each arrow has a line, and each node a box."""
    for measure in (WIDE, NARROW):
        plan = planned(NODES, ARROWS, measure)

        assert set(plan.boxes) == set(NODES)
        assert set(plan.lines) == set(ARROWS)


@pytest.mark.parametrize(("measure", "width"), [(WIDE, 1008), (NARROW, 368)])
def test_the_map_fits_its_page(measure: Measure, width: int) -> None:
    """Beside the rail of a wide window, and within a narrow one, without being made smaller."""
    plan = planned(NODES, ARROWS, measure)

    assert plan.width <= width
    for box in plan.boxes.values():
        assert box.x >= 0
        assert box.x + box.width <= plan.width


names = st.sampled_from("abcdefgh")


@settings(deadline=None)
@given(st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=14))
def test_any_landscape_can_be_drawn(arrows: list[tuple[str, str]]) -> None:
    """Boxes never overlap, every line begins and ends within the drawing, arrows that lead on go to a later layer."""
    for measure in (WIDE, NARROW):
        plan = planned("abcdefgh", arrows, measure)

        assert set(plan.lines) == set(arrows)
        for one, other in combinations(plan.boxes.values(), 2):
            assert not _overlap(one, other)
        for line in plan.lines.values():
            for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", line.path):
                assert -20 <= float(x) <= plan.width + 20
                assert -20 <= float(y) <= plan.height + 20


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
