"""SpiffWorkflow walking our BPMN export: the oracle. A development dependency only."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from motcua.casework.workflow.bpmn.vocabulary import BPMN, OWN


def as_python(condition: str) -> str:
    """Our small CEL conditions as the Python expressions Spiff evaluates."""
    spaced = condition.replace("&&", " and ").replace("||", " or ")
    return re.sub(r"!(?!=)", " not ", spaced).strip()


class Oracle:
    """One case in SpiffWorkflow. Steps are told apart by their element ids, as in our tables."""

    def __init__(self, xml: str, variables: dict[str, Any]) -> None:
        self.root = ET.fromstring(xml)
        for condition in self.root.iter(f"{{{BPMN}}}conditionExpression"):
            condition.text = as_python(condition.text or "")
            condition.attrib.pop("language")
        for duration in self.root.iter(f"{{{BPMN}}}timeDuration"):
            duration.text = f'"{duration.text}"'
        process = self.root.find(f"{{{BPMN}}}process")
        assert process is not None
        parser = BpmnParser()
        parser.add_bpmn_str(ET.tostring(self.root))
        self.workflow = BpmnWorkflow(parser.get_spec(process.get("id")))
        self.workflow.data.update(variables)
        self.variables = variables
        self.ways = self._ways()
        self.workflow.do_engine_steps()

    def _ways(self) -> dict[str, list[tuple[str, str]]]:
        """Of each task its (action, condition), read from the drawing's flows."""
        flows: dict[str, list[ET.Element]] = {}
        for flow in self.root.iter(f"{{{BPMN}}}sequenceFlow"):
            flows.setdefault(flow.get("sourceRef", ""), []).append(flow)
        ways: dict[str, list[tuple[str, str]]] = {}
        for task in self.root.iter(f"{{{BPMN}}}userTask"):
            name = task.get("id", "")
            out = flows[name]
            if out[0].find(f".//{{{OWN}}}action") is None:
                out = flows[out[0].get("targetRef", "")]
            ways[name] = [
                (
                    action.get("code", ""),
                    flow.findtext(f"{{{BPMN}}}conditionExpression", "True"),
                )
                for flow in out
                if (action := flow.find(f".//{{{OWN}}}action")) is not None
            ]
        return ways

    def _ready(self) -> list[Any]:
        return self.workflow.get_tasks(state=TaskState.READY, manual=True)

    def enabled(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (task.task_spec.bpmn_id, action)
            for task in self._ready()
            for action, condition in self.ways[task.task_spec.bpmn_id]
            if eval(condition, {}, {**self.variables, "action": action})
        )

    def take(self, step: str, action: str, came_from: str) -> None:
        (task,) = [t for t in self._ready() if t.task_spec.bpmn_id == step]
        task.data.update({**self.variables, "action": action, "came_from": came_from})
        task.complete()
        self.workflow.do_engine_steps()

    def waiting_timers(self) -> frozenset[tuple[str, str]]:
        names = {t.task_spec.bpmn_id for t in self.workflow.get_tasks(state=TaskState.WAITING)}
        return frozenset(
            (event.get("attachedToRef", ""), timer.get("code", ""))
            for event in self.root.iter(f"{{{BPMN}}}boundaryEvent")
            if event.get("id") in names and (timer := event.find(f".//{{{OWN}}}timer")) is not None
        )

    def expire(self, step: str, timer: str) -> None:
        name = f"Timer_{step}_{timer}"
        waiting = self.workflow.get_tasks(state=TaskState.WAITING)
        (task,) = [t for t in waiting if t.task_spec.bpmn_id == name]
        task._set_internal_data(event_value="2020-01-01T00:00:00+00:00")
        self.workflow.refresh_waiting_tasks()
        self.workflow.do_engine_steps()

    def finished(self) -> bool:
        return self.workflow.completed
