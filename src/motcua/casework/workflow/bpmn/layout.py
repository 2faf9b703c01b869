"""A plain layered layout: time runs to the right, every role has its lane."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from motcua.casework.workflow.bpmn.graph import Graph, Node

COLUMN = 190
ROW = 124
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
    taken = {box.middle for name, box in nodes.items() if name not in boundary}
    routes: dict[str, Points] = {}
    for number, flow in enumerate(graph.flows):
        router = _Router(
            nodes[flow.source], nodes[flow.target], flow.source in boundary, number, taken
        )
        routes[flow.id] = router.bends()
    return routes


@dataclass(frozen=True, slots=True)
class _Router:
    """The bends of one flow: only through the gutters between columns and between rows."""

    source: Box
    target: Box
    from_below: bool
    number: int
    taken: set[tuple[int, int]]

    def bends(self) -> Points:
        (sx, sy), (tx, ty) = self.source.middle, self.target.middle
        if tx <= sx:
            return self._backward()
        if self.from_below:
            level, turn = self._below_source(), self._gutter(tx - COLUMN)
            start = ((sx, self.source.bottom), (sx, level), (turn, level))
            return (*start, (turn, ty), (self.target.x, ty))
        if sy == ty and not self._blocked():
            return ((self.source.right, sy), (self.target.x, ty))
        out, turn = self._gutter(sx), self._gutter(tx - COLUMN)
        if tx - sx <= COLUMN:
            return ((self.source.right, sy), (out, sy), (out, ty), (self.target.x, ty))
        level = self._row_edge(ty if sy >= ty else ty - ROW)
        return (
            (self.source.right, sy), (out, sy), (out, level), (turn, level), (turn, ty),
            (self.target.x, ty),
        )  # fmt: skip

    def _backward(self) -> Points:
        (sx, _), (tx, ty) = self.source.middle, self.target.middle
        here, there = self._below_source(), self._row_edge(ty)
        begin, finish = (sx, self.source.bottom), (tx, self.target.bottom)
        if here == there:
            return (begin, (sx, here), (tx, here), finish)
        turn = self._gutter(tx)
        return (begin, (sx, here), (turn, here), (turn, there), (tx, there), finish)

    def _below_source(self) -> int:
        """The gutter under the source's row; a boundary event hangs on its task's lower edge."""
        sy = self.source.middle[1]
        return self._row_edge(sy - TASK[1] // 2 if self.from_below else sy)

    def _gutter(self, column_middle: int) -> int:
        return column_middle + COLUMN // 2 + (self.number % 7 - 3) * 5

    def _row_edge(self, row_middle: int) -> int:
        return max(4, row_middle + ROW // 2 + (self.number % 5 - 2) * 2)

    def _blocked(self) -> bool:
        (sx, sy), (tx, _) = self.source.middle, self.target.middle
        return any(y == sy and sx < x < tx for x, y in self.taken)
