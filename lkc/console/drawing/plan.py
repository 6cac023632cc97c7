"""Where nodes stand and arrows run, in pixels: once from left to right, once from top to bottom for narrow pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from lkc.console.drawing.layers import Arrow, Layers, layered
from lkc.console.drawing.lines import Point, along, curve, rounded

# Letters of a label that fit beside a lane, and between two layers.
IN_LANE, IN_GAP = 40, 9


@dataclass(frozen=True, slots=True)
class Measure:
    """How large things are drawn, along the layers and across them.

    Attributes:
        along: size of a node in the direction in which things travel.
        across: its size across.
        gap: from layer to layer.
        between: from node to node in a layer.
        bend: what an arrow that passes a layer needs of it.
        lane: beside the nodes, for arrows that lead back.
        is_down: whether things travel downwards.
    """

    along: int
    across: int
    gap: int
    between: int
    bend: int
    lane: int
    is_down: bool


WIDE = Measure(along=140, across=92, gap=72, between=36, bend=36, lane=48, is_down=False)
NARROW = Measure(along=92, across=136, gap=58, between=10, bend=20, lane=20, is_down=True)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """How an arrow runs: a path of SVG, the point at which its label stands, and room for that, in letters."""

    path: str
    x: float
    y: float
    room: int

    def parts(self, label: str) -> list[str]:
        """A label in lines that fit."""
        return wrap(label, self.room)


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawing: its size, boxes by node, lines by arrow."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    lines: Mapping[Arrow, Line]


def planned(nodes: Sequence[str], arrows: Sequence[Arrow], measure: Measure) -> Plan:
    """Places nodes and arrows; each arrow has its line, whichever nodes it joins."""
    layers = layered(nodes, arrows)
    table = _Table(layers, measure, set(nodes))
    lines = {arrow: table.line(arrow) for arrow in dict.fromkeys(arrows)}
    main, cross = table.size
    width, height = (cross, main) if measure.is_down else (main, cross)
    return Plan(width, height, {node: table.box(node) for node in nodes}, lines)


class _Table:
    """Where everything stands: along the layers (`main`) and across them (`cross`)."""

    def __init__(self, layers: Layers, measure: Measure, nodes: set[str]) -> None:
        self._layers, self._measure, self._nodes = layers, measure, nodes
        spans = [sum(map(self._thick, row)) + measure.between * (len(row) - 1) for row in layers.rows]
        widest, count = max(spans, default=0), len(layers.rows)
        self.size = (count * (measure.along + measure.gap) - measure.gap + 4, widest + 2 * measure.lane)
        self._begin: dict[str, float] = {}
        self._row: dict[str, int] = {}
        for number, row in enumerate(layers.rows):
            at = measure.lane + (widest - spans[number]) / 2
            for name in row:
                self._begin[name], self._row[name] = at, number
                at += self._thick(name) + measure.between
        self._ports = self._spread()

    def box(self, node: str) -> Box:
        """Where a node stands."""
        main, cross, measure = self._main(node), self._begin[node], self._measure
        if measure.is_down:
            return Box(cross, main, measure.across, measure.along)
        return Box(main, cross, measure.along, measure.across)

    def line(self, arrow: Arrow) -> Line:
        """How an arrow runs."""
        if arrow in self._layers.back:
            points = [self._turned(point) for point in self._round(arrow)]
            at = along(points[1:-1] if len(points) > 3 else points)
            return Line(rounded(points), *at, IN_LANE)
        measure, (start, end) = self._measure, arrow
        way = [(self._main(start) + measure.along, self._ports[start, arrow])]
        for bend in self._layers.bends[arrow]:
            middle = self._middle(bend)
            way += [(self._main(bend), middle), (self._main(bend) + measure.along, middle)]
        way.append((self._main(end), self._ports[end, arrow]))
        # The label stands in the first gap.
        label = ((way[0][0] + way[1][0]) / 2, (way[0][1] + way[1][1]) / 2)
        return Line(
            curve([self._turned(point) for point in way], is_down=measure.is_down), *self._turned(label), IN_GAP
        )

    def _round(self, arrow: Arrow) -> list[Point]:
        """An arrow that leads back goes by a lane beside the nodes, and by gaps where other nodes stand in its way."""
        (start, end), measure = arrow, self._measure
        rows = self._layers.rows
        places = [rows[self._row[node]].index(node) / max(1, len(rows[self._row[node]]) - 1) for node in arrow]
        below = sum(places) >= 1
        lane = self.size[1] - measure.lane / 2 if below else measure.lane / 2
        middle = measure.along / 2
        out = self._way_to_lane(start, lane, self._main(start) + middle, self._main(start) + measure.along, 16)
        back = self._way_to_lane(end, lane, self._main(end) + middle, self._main(end), -16)
        return [*out, *reversed(back)]

    def _way_to_lane(self, node: str, lane: float, straight: float, side: float, step: float) -> list[Point]:
        """From a node to a lane: straight where the node stands beside it, else by the gap at its side."""
        row = self._layers.rows[self._row[node]]
        is_below = lane > self._begin[node]
        if row[-1 if is_below else 0] == node:
            edge = self._begin[node] + (self._measure.across if is_below else 0)
            return [(straight, edge), (straight, lane)]
        return [(side, self._middle(node)), (side + step, self._middle(node)), (side + step, lane)]

    def _spread(self) -> dict[tuple[str, Arrow], float]:
        """Where each arrow meets each of its nodes: side by side, in the order in which they come."""
        ports = {}
        for side in (0, 1):
            for node in self._nodes:
                ways = {arrow: between for arrow, between in self._layers.bends.items() if arrow[side] == node}
                order = sorted(ways, key=lambda arrow: self._middle(self._next(arrow, side, ways[arrow])))
                for position, arrow in enumerate(order, 1):
                    ports[node, arrow] = self._begin[node] + self._measure.across * position / (len(order) + 1)
        return ports

    def _next(self, arrow: Arrow, side: int, bends: list[str]) -> str:
        """What an arrow comes to next from one of its ends."""
        return bends[-side] if bends else arrow[1 - side]

    def _main(self, name: str) -> float:
        return 2 + self._row[name] * (self._measure.along + self._measure.gap)

    def _middle(self, name: str) -> float:
        return self._begin[name] + self._thick(name) / 2

    def _thick(self, name: str) -> int:
        return self._measure.across if name in self._nodes else self._measure.bend

    def _turned(self, point: Point) -> Point:
        return (point[1], point[0]) if self._measure.is_down else point
