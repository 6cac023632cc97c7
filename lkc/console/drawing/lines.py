"""Lines as paths of SVG."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

Point = tuple[float, float]

CORNER = 12.0


def curve(points: Sequence[Point], *, is_down: bool) -> str:
    """A smooth line through points that leaves and arrives in the direction in which things travel."""
    path = [f"M{_text(points[0])}"]
    for (x, y), (to_x, to_y) in itertools.pairwise(points):
        half_x, half_y = (x + to_x) / 2, (y + to_y) / 2
        bent = ((x, half_y), (to_x, half_y)) if is_down else ((half_x, y), (half_x, to_y))
        path.append(f"C{_text(bent[0])} {_text(bent[1])} {_text((to_x, to_y))}")
    return " ".join(path)


def rounded(points: Sequence[Point]) -> str:
    """A line of straight pieces with round corners."""
    path = [f"M{_text(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        path.append(f"L{_text(_toward(corner, before))} Q{_text(corner)} {_text(_toward(corner, after))}")
    path.append(f"L{_text(points[-1])}")
    return " ".join(path)


def along(points: Sequence[Point]) -> Point:
    """The middle of the longest piece of a line."""
    pieces = itertools.pairwise(points)
    (x, y), (to_x, to_y) = max(pieces, key=lambda piece: _distance(*piece))
    return (x + to_x) / 2, (y + to_y) / 2


def _toward(corner: Point, other: Point) -> Point:
    """A point near a corner, on the way to another."""
    part = min(CORNER, _distance(corner, other) / 2) / (_distance(corner, other) or 1)
    return corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part


def _distance(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _text(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
