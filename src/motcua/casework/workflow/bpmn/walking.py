"""Following the flows of a BPMN process: which gateway is a choice, a split, a join, a merge."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element

from motcua.casework.workflow.bpmn.faults import DrawingFault, fault
from motcua.casework.workflow.bpmn.vocabulary import BPMN, bpmn, own, role_of_lane
from motcua.casework.workflow.rules.definition import BACK

_TASKS = frozenset({"userTask", "task"})
_NODES = _TASKS | {
    "startEvent",
    "endEvent",
    "exclusiveGateway",
    "parallelGateway",
    "boundaryEvent",
}


class Drawing:
    """The nodes and flows of one process by id; collects faults instead of stopping at one."""

    def __init__(self, process: Element) -> None:
        self.process = process
        self.faults: list[DrawingFault] = []
        self.nodes: dict[str, Element] = {}
        self._out: dict[str, list[Element]] = defaultdict(list)
        self._in: dict[str, list[Element]] = defaultdict(list)
        for child in process:
            if self.tag(child) in _NODES:
                if child.get("id", "") in self.nodes or not child.get("id"):
                    self.blame(child, "duplicate")
                self.nodes[child.get("id", "")] = child
        for flow in process.iter(bpmn("sequenceFlow")):
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            if source not in self.nodes or target not in self.nodes:
                self.blame(flow, "dangling")
                continue
            self._out[source].append(flow)
            self._in[target].append(flow)
        self._lanes = _lanes(process)
        self.steps = [node for node in self.nodes.values() if self._is_step(node)]
        self._check_gateways()

    def tag(self, element: Element) -> str:
        return str(element.tag).removeprefix(f"{{{BPMN}}}")

    def blame(self, element: Element, code: str) -> None:
        self.faults.append(fault(element.get("id", ""), code))

    def step_id(self, node: Element) -> str:
        """Our step ids are lower case; other modellers write ``Activity_0x1``."""
        return node.get("id", "").lower().replace("-", "_")

    def lane_of(self, node: Element) -> str:
        return self._lanes.get(node.get("id", ""), "")

    def outgoing(self, node: Element) -> list[Element]:
        return self._out[node.get("id", "")]

    def start(self) -> str:
        """The id of the first step."""
        starts = [node for node in self.nodes.values() if self.tag(node) == "startEvent"]
        flows = [flow for node in starts for flow in self.outgoing(node)]
        targets = self.targets(flows[0]) if len(starts) == len(flows) == 1 else []
        if len(targets) != 1 or targets == [BACK]:
            self.faults.append(fault(starts[0].get("id", "") if starts else "", "start"))
            return ""
        return targets[0]

    def actions_of(self, task: Element) -> list[Element]:
        """The flows that are a task's actions: its own, or those of the choice after it."""
        flows = self.outgoing(task)
        if len(flows) != 1:
            if flows:
                self.blame(task, "many_flows")
            return []
        follower = self.nodes[flows[0].get("targetRef", "")]
        return self.outgoing(follower) if self._is_choice(follower) else flows

    def timers_of(self, task: Element) -> list[Element]:
        return [
            node
            for node in self.nodes.values()
            if self.tag(node) == "boundaryEvent" and node.get("attachedToRef") == task.get("id")
        ]

    def targets(self, flow: Element) -> list[str]:
        """The steps a flow leads to, through merges and at most one split."""
        node = self._past_merges(flow)
        if node is None:
            return []
        if _is_back(node):
            return [BACK]
        if self._is_split(node):
            return [target for out in self.outgoing(node) for target in self._one(out)]
        return self._one(flow)

    def targets_of_gateway(self, join: Element) -> list[str]:
        return [target for flow in self.outgoing(join) for target in self._one(flow)]

    def _one(self, flow: Element) -> list[str]:
        node = self._past_merges(flow)
        if node is not None and self._is_step(node):
            return [self.step_id(node)]
        if node is not None:
            split = self.tag(node) == "parallelGateway"
            self.blame(node, "split_place" if split else "gateway_place")
        return []

    def _past_merges(self, flow: Element) -> Element | None:
        """The first node that is not a merging exclusive gateway; None in a circle of them."""
        passed: set[str] = set()
        node = self.nodes[flow.get("targetRef", "")]
        while self._is_merge(node):
            if node.get("id", "") in passed:
                self.blame(node, "gateway_place")
                return None
            passed.add(node.get("id", ""))
            node = self.nodes[self.outgoing(node)[0].get("targetRef", "")]
        return node

    def _is_step(self, node: Element) -> bool:
        tag = self.tag(node)
        return (
            tag in _TASKS
            or tag == "endEvent"
            or (tag == "parallelGateway" and not self._is_split(node))
        )

    def _is_split(self, node: Element) -> bool:
        return self.tag(node) == "parallelGateway" and len(self.outgoing(node)) > 1

    def _is_merge(self, node: Element) -> bool:
        return (
            self.tag(node) == "exclusiveGateway"
            and len(self.outgoing(node)) == 1
            and not _is_back(node)
        )

    def _is_choice(self, node: Element) -> bool:
        return (
            self.tag(node) == "exclusiveGateway"
            and len(self.outgoing(node)) > 1
            and not _is_back(node)
        )

    def _check_gateways(self) -> None:
        for name, node in self.nodes.items():
            tag, into, out = self.tag(node), self._in[name], self.outgoing(node)
            if tag == "parallelGateway" and len(into) > 1 and len(out) > 1:
                self.blame(node, "gateway_both")
            if tag.endswith("Gateway") and not out:
                self.blame(node, "no_flow")
            if self._is_choice(node) and not self._follows_one_task(into):
                self.blame(node, "gateway_place")
            if (
                tag == "boundaryEvent"
                and self.tag(self.nodes.get(node.get("attachedToRef", ""), node)) not in _TASKS
            ):
                self.blame(node, "attached")

    def _follows_one_task(self, into: list[Element]) -> bool:
        return len(into) == 1 and self.tag(self.nodes[into[0].get("sourceRef", "")]) in _TASKS


def _is_back(node: Element) -> bool:
    found = node.find(f"{bpmn('extensionElements')}/{own('gateway')}")
    return found is not None and found.get("back") == "true"


def _lanes(process: Element) -> dict[str, str]:
    """The role of every node: its lane's name, or the lane's id without the prefix."""
    lanes: dict[str, str] = {}
    for lane in process.iter(bpmn("lane")):
        role = role_of_lane(lane.get("name") or lane.get("id", "").removeprefix("Lane_"))
        for reference in lane.iter(bpmn("flowNodeRef")):
            lanes[(reference.text or "").strip()] = role
    return lanes
