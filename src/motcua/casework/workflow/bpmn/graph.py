"""A process as BPMN nodes and flows: what the XML, the layout and the drawing share."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Literal

from motcua.casework.workflow.rules import BACK, Definition, ProcessDocument, StepDocument, Token
from motcua.casework.workflow.rules.definition import tables_of
from motcua.casework.workflow.rules.document import ActionDocument, TimerDocument
from motcua.casework.workflow.rules.running import beyond_join, outcome

NodeKind = Literal["start", "end", "terminate", "task", "exclusive", "parallel", "boundary"]


@dataclass(slots=True)
class Node:
    """One BPMN element. ``lane`` is a role; ``data`` our extension attributes."""

    id: str
    kind: NodeKind
    name: str
    lane: str
    data: dict[str, str] = field(default_factory=dict[str, str])
    step: str = ""
    attached: str = ""
    interrupts: bool = True
    duration: str = ""


@dataclass(slots=True)
class Flow:
    """One sequence flow. ``condition`` is a CEL expression over ``action`` and the variables."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    data: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(slots=True)
class Graph:
    """Nodes and flows in drawing order."""

    key: str
    name: str
    data: dict[str, str]
    nodes: list[Node]
    flows: list[Flow]

    @property
    def lanes(self) -> list[str]:
        """Roles in order of first appearance."""
        return list(dict.fromkeys(node.lane for node in self.nodes))


def attributes(**values: Any) -> dict[str, str]:
    """Extension attributes; what is empty or default is left out, so exports are stable."""
    out: dict[str, str] = {}
    for name, value in values.items():
        if value is None or value in ("", (), False, {}):
            continue
        if value is True:
            out[name] = "true"
        elif isinstance(value, dict):
            out[name] = json.dumps(value, ensure_ascii=False, sort_keys=True)
        elif isinstance(value, tuple):
            out[name] = " ".join(value)  # pyright: ignore[reportUnknownArgumentType]
        elif isinstance(value, float):
            out[name] = f"{value:g}"
        else:
            out[name] = str(value)
    return out


def graph_of(document: ProcessDocument) -> Graph:
    """The BPMN graph of a sound document."""
    return _Builder(document).build()


class _Builder:
    def __init__(self, document: ProcessDocument) -> None:
        self.document = document
        self.steps = {step.id: step for step in document.steps}
        self.ways = _Ways(tables_of(document))
        self.nodes: list[Node] = []
        self.flows: list[Flow] = []

    def build(self) -> Graph:
        document = self.document
        self.nodes.append(Node("StartEvent", "start", "", self._lane(document.start)))
        self._flow("StartEvent", document.start)
        for step in document.steps:
            self._step(step)
        self._merge_branches()
        data = attributes(
            key=document.key, en=document.name.en, legal_basis=document.legal_basis,
            variables=document.variables, extra=document.extra,
        )  # fmt: skip
        return Graph(document.key, document.name.vi, data, self.nodes, self.flows)

    def _lane(self, step_id: str) -> str:
        step = self.steps[step_id]
        return step.role or self.ways.lane_of(step_id, self.steps)

    def _flow(self, source: str, target: str, **more: Any) -> Flow:
        flow = Flow(f"Flow_{len(self.flows) + 1}", source, target, **more)
        self.flows.append(flow)
        return flow

    def _step(self, step: StepDocument) -> None:
        lane = self._lane(step.id)
        data = attributes(
            kind=step.kind, en=step.name.en, role=step.role, unit=step.unit, hours=step.hours,
            state=step.state, silence=step.silence, silence_action=step.silence_action,
            legal_basis=step.legal_basis, note=step.note, extra=step.extra,
        )  # fmt: skip
        if step.kind == "end":
            kind: NodeKind = "terminate" if step.terminates else "end"
            self.nodes.append(Node(step.id, kind, step.name.vi, lane, data, step.id))
            return
        if step.kind == "join":
            self.nodes.append(Node(step.id, "parallel", step.name.vi, lane, data, step.id))
            self._flow(step.id, step.to[0])
            return
        self.nodes.append(Node(step.id, "task", step.name.vi, lane, data, step.id))
        source = step.id
        if len(step.actions) > 1:
            source = f"Choice_{step.id}"
            self.nodes.append(Node(source, "exclusive", "", lane))
            self._flow(step.id, source)
        for action in step.actions:
            self._action(step, action, source, lane)
        for timer in step.timers:
            self._timer(step, timer, lane)

    def _action(self, step: StepDocument, action: ActionDocument, source: str, lane: str) -> None:
        data = attributes(
            code=action.id, en=action.name.en, verb=action.verb, when=action.when,
            primary=action.primary, asks=action.asks, role=action.role, unit=action.unit,
            signals=action.signals, extra=action.extra,
        )  # fmt: skip
        condition = ""
        if source != step.id:
            condition = f'action == "{action.id}"' + (f" && ({action.when})" if action.when else "")
        target = self._target(step, action.id, action.to, lane)
        self._flow(source, target, name=action.name.vi, condition=condition, data=data)

    def _timer(self, step: StepDocument, timer: TimerDocument, lane: str) -> None:
        name = timer.name.vi if timer.name else ""
        data = attributes(
            code=timer.id, en=timer.name.en if timer.name else "", verb=timer.verb,
            amount=str(timer.after.amount), unit=timer.after.unit,
        )  # fmt: skip
        node = Node(f"Timer_{step.id}_{timer.id}", "boundary", name, lane, data, attached=step.id)
        node.interrupts = timer.interrupts
        hours = timer.after.unit.endswith("hour")
        node.duration = f"PT{timer.after.amount}H" if hours else f"P{timer.after.amount}D"
        self.nodes.append(node)
        if timer.to:
            self._flow(node.id, self._target(step, timer.id, timer.to, lane))

    def _target(self, step: StepDocument, move: str, to: tuple[str, ...], lane: str) -> str:
        """The node a move's flow leads to: the step itself, or a gateway put in between."""
        if to == (BACK,):
            gateway = f"Back_{step.id}_{move}"
            self.nodes.append(Node(gateway, "exclusive", "", lane, {"back": "true"}))
            for origin in self.ways.origins[step.id, move]:
                self._flow(gateway, origin, condition=f'came_from == "{origin}"')
            return gateway
        if len(to) == 1:
            return to[0]
        gateway = f"Split_{step.id}_{move}"
        self.nodes.append(Node(gateway, "parallel", "", lane))
        for target in to:
            self._flow(gateway, target)
        return gateway

    def _merge_branches(self) -> None:
        """Before a join, ways of one branch meet in an exclusive gateway: one flow per branch."""
        for join in [step for step in self.document.steps if step.kind == "join"]:
            into = [flow for flow in self.flows if flow.target == join.id]
            branches: dict[int, list[Flow]] = defaultdict(list)
            for flow in into:
                branches[self.ways.branch_of(join.id, _step_of(flow.source, self.nodes))].append(
                    flow
                )
            for number, flows in sorted(branches.items()):
                if len(flows) > 1:
                    gateway = f"Merge_{join.id}_{number}"
                    self.nodes.append(Node(gateway, "exclusive", "", self._lane(join.id)))
                    for flow in flows:
                        flow.target = gateway
                    self._flow(gateway, join.id)


def _step_of(source: str, nodes: list[Node]) -> str:
    """The step whose leaving a flow shows."""
    if not source[0].isupper():
        return source
    if source.startswith("Timer_"):
        return next(node.attached for node in nodes if node.id == source)
    prefix, _, rest = source.partition("_")
    if prefix == "Choice":
        return rest
    # A split's own gateway leads straight into a join: the branch has no step of its own.
    return source


class _Ways:
    """Where tokens can come from: for ``@back`` gateways, branches of joins, lanes of ends."""

    def __init__(self, table: Definition) -> None:
        self.table = table
        self.origins: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.arrivals: dict[str, dict[str, int]] = defaultdict(dict)
        self.before: dict[str, str] = {}
        seen: set[Token] = set()
        queue = [Token(table.start)]
        while queue:
            token = queue.pop(0)
            if token not in seen:
                seen.add(token)
                queue.extend(self._follow(token))

    def _follow(self, token: Token) -> list[Token]:
        found: list[Token] = []
        for move in self.table.moves(token.step):
            if not move.interrupts:
                continue
            for made in outcome(self.table, token, move):
                if move.to == (BACK,) and made.step not in self.origins[token.step, move.id]:
                    self.origins[token.step, move.id].append(made.step)
                found.append(self._past_joins(token.step, made))
        return found

    def _past_joins(self, source: str, made: Token) -> Token:
        self.before.setdefault(made.step, source)
        while self.table.step(made.step).kind == "join":
            self.arrivals[made.step][source] = made.path[-1].number
            source, made = made.step, beyond_join(self.table, made.step, made.path)
            self.before.setdefault(made.step, source)
        return made

    def branch_of(self, join: str, source: str) -> int:
        return self.arrivals[join].get(source, -1)

    def lane_of(self, step_id: str, steps: dict[str, StepDocument]) -> str:
        """Joins and ends stand in the lane of the step before them."""
        while not steps[step_id].role:
            step_id = self.before[step_id]
        return steps[step_id].role
