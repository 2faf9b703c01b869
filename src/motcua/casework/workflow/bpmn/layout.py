"""A plain layered layout: time runs to the right, every role has its lane."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from motcua.casework.workflow.bpmn.graph import Flow, Graph, Node

COLUMN = 190
ROW = 120
LEFT = 60
TITLE = 30
TASK = (140, 76)
GATEWAY = (50, 50)
EVENT = (36, 36)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in diagram units (pixels at 100 %)."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


Points = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is: nodes, lanes, the pool, and the bends of each flow."""

    nodes: dict[str, Box]
    lanes: dict[str, Box]
    pool: Box
    flows: dict[str, Points]


def lay_out(graph: Graph) -> Layout:
    """Positions for a graph; the same graph always gets the same ones."""
    ranks = _ranks(graph)
    rows, heights = _rows(graph, ranks)
    tops: dict[str, int] = {}
    top = 0
    for lane in graph.lanes:
        tops[lane] = top
        top += heights[lane] * ROW
    width = LEFT + (max(ranks.values()) + 1) * COLUMN
    nodes: dict[str, Box] = {}
    for node in graph.nodes:
        if node.attached:
            continue
        w, h = _size(node)
        x = LEFT + ranks[node.id] * COLUMN + (TASK[0] - w) // 2
        y = tops[node.lane] + rows[node.id] * ROW + (ROW - h) // 2
        nodes[node.id] = Box(x, y, w, h)
    _attach(graph, nodes)
    lanes = {lane: Box(TITLE, tops[lane], width, heights[lane] * ROW) for lane in graph.lanes}
    pool = Box(0, 0, width + TITLE, top)
    return Layout(nodes, lanes, pool, _route(graph, nodes))


def _size(node: Node) -> tuple[int, int]:
    if node.kind == "task":
        return TASK
    return GATEWAY if node.kind in {"exclusive", "parallel"} else EVENT


def _targets(graph: Graph) -> dict[str, list[str]]:
    """Followers of each node; a boundary event's flows count as its task's."""
    owner = {node.id: node.attached or node.id for node in graph.nodes}
    out: dict[str, list[str]] = {node.id: [] for node in graph.nodes if not node.attached}
    for flow in graph.flows:
        out[owner[flow.source]].append(flow.target)
    return out


def _ranks(graph: Graph) -> dict[str, int]:
    """Longest distance from the start, loops not counted."""
    targets = _targets(graph)
    order: list[str] = []
    seen: set[str] = set()
    forward: dict[str, list[str]] = defaultdict(list)

    def visit(node: str, walking: frozenset[str]) -> None:
        seen.add(node)
        for target in targets[node]:
            if target in walking:
                continue
            forward[node].append(target)
            if target not in seen:
                visit(target, walking | {target})
        order.append(node)

    for start in targets:
        if start not in seen:
            visit(start, frozenset({start}))
    ranks = dict.fromkeys(targets, 0)
    for node in reversed(order):
        for target in forward[node]:
            ranks[target] = max(ranks[target], ranks[node] + 1)
    return ranks


def _rows(graph: Graph, ranks: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """The row of each node in its lane, and how many rows each lane has."""
    taken: dict[tuple[str, int], int] = defaultdict(int)
    rows: dict[str, int] = {}
    for node in graph.nodes:
        if not node.attached:
            rows[node.id] = taken[node.lane, ranks[node.id]]
            taken[node.lane, ranks[node.id]] += 1
    heights: dict[str, int] = defaultdict(lambda: 1)
    for (lane, _), count in taken.items():
        heights[lane] = max(heights[lane], count)
    return rows, heights


def _attach(graph: Graph, nodes: dict[str, Box]) -> None:
    """Boundary events sit on the lower edge of their task, from the left."""
    count: dict[str, int] = defaultdict(int)
    for node in graph.nodes:
        if node.attached:
            task = nodes[node.attached]
            x = task.x + 10 + 42 * count[node.attached]
            nodes[node.id] = Box(x, task.bottom - EVENT[1] // 2, *EVENT)
            count[node.attached] += 1


def _route(graph: Graph, nodes: dict[str, Box]) -> dict[str, Points]:
    boundary = {node.id for node in graph.nodes if node.attached}
    routes: dict[str, Points] = {}
    for number, flow in enumerate(graph.flows):
        routes[flow.id] = _bends(flow, nodes, flow.source in boundary, number % 5 * 6)
    return routes


def _bends(flow: Flow, nodes: dict[str, Box], from_below: bool, shift: int) -> Points:
    source, target = nodes[flow.source], nodes[flow.target]
    sx, sy = source.middle
    tx, ty = target.middle
    if target.x > source.right:
        turn = target.x - 26 + shift
        begin = (
            ((sx, source.bottom), (sx, source.bottom + 10)) if from_below else ((source.right, sy),)
        )
        level = begin[-1][1]
        if level == ty and not _blocked(source, target, ty, nodes):
            return (*begin, (target.x, ty))
        if _blocked(source, target, level, nodes):
            channel = min(source.y, target.y) - 8 - shift // 2
            out = source.right + 10
            return (*begin, (out, level), (out, channel), (turn, channel), (turn, ty),
                    (target.x, ty))  # fmt: skip
        return (*begin, (turn, level), (turn, ty), (target.x, ty))
    channel = max(sy, ty) + ROW // 2 - 1 - shift // 6
    return ((sx, source.bottom), (sx, channel), (tx, channel), (tx, target.bottom))


def _blocked(source: Box, target: Box, level: int, nodes: dict[str, Box]) -> bool:
    return any(
        box.x > source.right and box.right < target.x and box.y <= level <= box.bottom
        for box in nodes.values()
    )
