"""Which node stands in which layer, and in which order: from left to right as things travel, with few crossings.

After Sugiyama: arrows that lead back are found, each node comes one layer after the last of those that lead to it,
and an arrow across several layers has a bend in each of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 4

Arrow = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layers:
    """Nodes and bends by layer.

    Attributes:
        rows: of each layer the nodes and bends in their order.
        bends: of each arrow that leads on, its bends, first to last.
        back: arrows that lead back.
    """

    rows: list[list[str]]
    bends: Mapping[Arrow, list[str]]
    back: frozenset[Arrow]


def layered(nodes: Sequence[str], arrows: Sequence[Arrow]) -> Layers:
    """Layers of nodes; of those that could change places, the first in the sequence comes first."""
    line = _in_line(nodes, arrows)
    place = {node: position for position, node in enumerate(line)}
    on = [arrow for arrow in dict.fromkeys(arrows) if place[arrow[0]] < place[arrow[1]]]
    back = frozenset(arrow for arrow in arrows if place[arrow[0]] >= place[arrow[1]])
    layer = dict.fromkeys(nodes, 0)
    for node in line:
        layer[node] = max((layer[start] + 1 for start, end in on if end == node), default=0)
    rows: list[list[str]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for node in nodes:
        rows[layer[node]].append(node)
    bends = {}
    for start, end in on:
        bends[start, end] = [f"{start}>{end}@{at}" for at in range(layer[start] + 1, layer[end])]
        for at, bend in enumerate(bends[start, end], layer[start] + 1):
            rows[at].append(bend)
    return Layers(_arranged(rows, bends, back), bends, back)


def _in_line(nodes: Sequence[str], arrows: Sequence[Arrow]) -> list[str]:
    """The nodes so that few arrows lead back (Eades, Lin, Smyth: sinks last, sources first, else who gives most)."""
    left, first, last = list(nodes), list[str](), list[str]()
    while left:
        out = {node: sum(start == node and end in left and end != node for start, end in arrows) for node in left}
        into = {node: sum(end == node and start in left and start != node for start, end in arrows) for node in left}
        sink = next((node for node in left if not out[node] and into[node]), None)
        if sink is not None:
            last.insert(0, sink)
            left.remove(sink)
            continue
        source = next((node for node in left if not into[node]), None)
        chosen = source or max(left, key=lambda node: out[node] - into[node])
        first.append(chosen)
        left.remove(chosen)
    return first + last


def _arranged(rows: list[list[str]], bends: Mapping[Arrow, list[str]], back: frozenset[Arrow]) -> list[list[str]]:
    """The rows, each ordered by where the neighbours of its nodes stand."""
    links = set(back)
    for (start, end), between in bends.items():
        way = [start, *between, end]
        links.update(itertools.pairwise(way))
    near: dict[str, list[str]] = {name: [] for row in rows for name in row}
    for start, end in sorted(links):
        near[start].append(end)
        near[end].append(start)
    height = {name: (position + 0.5) / len(row) for row in rows for position, name in enumerate(row)}
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = {
                name: sum(height[other] for other in near[name]) / len(near[name]) if near[name] else height[name]
                for name in row
            }
            row.sort(key=lambda name: wanted[name])
            height |= {name: (position + 0.5) / len(row) for position, name in enumerate(row)}
    return rows
