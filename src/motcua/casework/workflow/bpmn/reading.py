"""BPMN 2.0 XML back into a process document: the declared subset, nothing silently dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from motcua.casework.workflow.bpmn.faults import BrokenDrawing, DrawingFault, fault
from motcua.casework.workflow.bpmn.vocabulary import BPMN, BPMNDI, bpmn, own
from motcua.casework.workflow.bpmn.walking import Drawing

MAX_BYTES = 1_000_000
MAX_ELEMENTS = 5_000

_PASSIVE = frozenset({"extensionElements", "incoming", "outgoing", "flowNodeRef"})
_ALLOWED: dict[str, frozenset[str]] = {
    "definitions": frozenset({"collaboration", "process"}),
    "collaboration": frozenset({"participant"}),
    "participant": frozenset(),
    "process": frozenset(
        {"laneSet", "startEvent", "endEvent", "userTask", "task", "exclusiveGateway",
         "parallelGateway", "boundaryEvent", "sequenceFlow"}
    ),
    "laneSet": frozenset({"lane"}),
    "lane": frozenset(),
    "startEvent": frozenset(),
    "endEvent": frozenset({"terminateEventDefinition"}),
    "terminateEventDefinition": frozenset(),
    "userTask": frozenset(),
    "task": frozenset(),
    "exclusiveGateway": frozenset(),
    "parallelGateway": frozenset(),
    "boundaryEvent": frozenset({"timerEventDefinition"}),
    "timerEventDefinition": frozenset({"timeDuration"}),
    "timeDuration": frozenset(),
    "sequenceFlow": frozenset({"conditionExpression"}),
    "conditionExpression": frozenset(),
}  # fmt: skip
_DURATION = re.compile(r"^P(?:(\d{1,4})D|T(\d{1,5})H)$")
_EQUALS = re.compile(r'^\s*action\s*==\s*"[a-z0-9_]+"\s*(?:&&\s*\((?P<rest>.*)\)\s*)?$', re.DOTALL)


def from_bpmn(xml: str | bytes) -> dict[str, Any]:
    """The process document a drawing means; check it with ``examine`` before publishing.

    Reads start and end events, user tasks, exclusive and parallel gateways,
    boundary timers, sequence flows and lanes. Missing extension data gets plain
    defaults: the lane's name as role, the element's id in lower case as id.

    Raises:
        BrokenDrawing: too large, not well-formed, hostile (entities, DTD), or an
            element outside the subset; every fault names the element's id.
    """
    drawing = Drawing(_process_of(_parse(xml)))
    process = drawing.process
    data = _own_data(process, "process")
    steps = [_step(drawing, node) for node in drawing.steps]
    document: dict[str, Any] = {
        "key": data.get("key") or process.get("id", "process"),
        "name": _name(process, data),
        "start": drawing.start(),
        "steps": steps,
    }
    _keep(document, data, "legal_basis")
    if "variables" in data:
        document["variables"] = data["variables"].split()
    _keep_extra(document, data, process)
    if drawing.faults:
        raise BrokenDrawing(drawing.faults)
    return document


def _parse(xml: str | bytes) -> Element:
    raw = xml.encode() if isinstance(xml, str) else xml
    if len(raw) > MAX_BYTES:
        raise BrokenDrawing([fault("", "too_large", limit=MAX_BYTES)])
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BrokenDrawing([fault("", "not_xml", detail=type(error).__name__)]) from error
    if root.tag != bpmn("definitions"):
        raise BrokenDrawing([fault(root.get("id", ""), "not_bpmn")])
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS * 4:
        raise BrokenDrawing([fault("", "too_large", limit=MAX_ELEMENTS)])
    return root


def _process_of(root: Element) -> Element:
    faults = list(_unsupported(root, ""))
    processes = root.findall(bpmn("process"))
    if len(processes) != 1:
        faults.append(fault(root.get("id", ""), "one_process"))
    if faults:
        raise BrokenDrawing(faults)
    return processes[0]


def _unsupported(element: Element, owner: str) -> Iterator[DrawingFault]:
    """Every element outside the subset, by its own id or its owner's."""
    tag = element.tag.removeprefix(f"{{{BPMN}}}")
    owner = element.get("id", owner)
    for child in element:
        name = str(child.tag)
        if name.startswith(f"{{{BPMNDI}}}"):
            continue
        short = name.removeprefix(f"{{{BPMN}}}")
        if name.startswith(f"{{{BPMN}}}") and short in _PASSIVE:
            continue
        if name.startswith(f"{{{BPMN}}}") and short in _ALLOWED[tag]:
            yield from _unsupported(child, owner)
        else:
            yield fault(child.get("id", owner), "unsupported", tag=short.rpartition("}")[2])


def _step(drawing: Drawing, node: Element) -> dict[str, Any]:
    data = _own_data(node, "step")
    tag = drawing.tag(node)
    kind = {"parallelGateway": "join", "endEvent": "end"}.get(tag) or data.get("kind", "task")
    step: dict[str, Any] = {"id": drawing.step_id(node), "name": _name(node, data), "kind": kind}
    if kind == "join":
        step["to"] = drawing.targets_of_gateway(node)
    elif kind == "end":
        if node.find(bpmn("terminateEventDefinition")) is not None:
            step["terminates"] = True
    else:
        step["role"] = data.get("role") or drawing.lane_of(node)
        step["unit"] = data.get("unit") or (
            "applicant" if step["role"] == "applicant" else "competent"
        )
        if "hours" in data:
            step["hours"] = _number(drawing, node, data["hours"])
        step["actions"] = [_action(drawing, flow) for flow in drawing.actions_of(node)]
        timers = [_timer(drawing, event) for event in drawing.timers_of(node)]
        if timers:
            step["timers"] = timers
    for key in ("state", "silence", "silence_action", "legal_basis", "note"):
        _keep(step, data, key)
    _keep_extra(step, data, node)
    return step


def _action(drawing: Drawing, flow: Element) -> dict[str, Any]:
    data = _own_data(flow, "action")
    name = data.get("code") or flow.get("id", "").lower()
    action: dict[str, Any] = {
        "id": name,
        "name": _name(flow, data),
        "verb": data.get("verb") or name,
        "to": drawing.targets(flow),
    }
    when = data.get("when") or _condition(flow)
    if when:
        action["when"] = when
    if data.get("primary") == "true":
        action["primary"] = True
    if "asks" in data:
        action["asks"] = data["asks"].split()
    if "signals" in data:
        action["signals"] = data["signals"].split()
    _keep(action, data, "role")
    _keep(action, data, "unit")
    _keep_extra(action, data, flow)
    return action


def _timer(drawing: Drawing, event: Element) -> dict[str, Any]:
    data = _own_data(event, "timer")
    name = data.get("code") or event.get("id", "").lower()
    flows = drawing.outgoing(event)
    timer: dict[str, Any] = {
        "id": name,
        "after": _after(drawing, event, data),
        "verb": data.get("verb") or name,
        "to": [target for flow in flows for target in drawing.targets(flow)],
    }
    if len(flows) > 1:
        drawing.blame(event, "many_flows")
    if event.get("name"):
        timer["name"] = _name(event, data)
    if event.get("cancelActivity") == "false":
        timer["interrupts"] = False
    return timer


def _after(drawing: Drawing, event: Element, data: dict[str, str]) -> dict[str, Any]:
    duration = event.find(f"{bpmn('timerEventDefinition')}/{bpmn('timeDuration')}")
    found = _DURATION.match((duration.text or "").strip()) if duration is not None else None
    if found is None:
        drawing.blame(event, "duration")
        return {"amount": 1, "unit": "working_day"}
    days, hours = found.groups()
    plain = "working_day" if days else "working_hour"
    unit = data.get("unit", plain)
    if unit.endswith("hour") != bool(hours):
        unit = plain
    return {"amount": int(days or hours), "unit": unit}


def _condition(flow: Element) -> str:
    element = flow.find(bpmn("conditionExpression"))
    text = (element.text or "").strip() if element is not None else ""
    found = _EQUALS.match(text)
    return (found["rest"] or "") if found else text


def _own_data(element: Element, tag: str) -> dict[str, str]:
    found = element.find(f"{bpmn('extensionElements')}/{own(tag)}")
    return dict(found.attrib) if found is not None else {}


def _name(element: Element, data: dict[str, str]) -> dict[str, str]:
    vi = element.get("name") or element.get("id", "")
    return {"vi": vi, "en": data.get("en") or vi}


def _keep(target: dict[str, Any], data: dict[str, str], key: str) -> None:
    if key in data:
        target[key] = data[key]


def _keep_extra(target: dict[str, Any], data: dict[str, str], element: Element) -> None:
    if "extra" in data:
        try:
            target["extra"] = json.loads(data["extra"])
        except ValueError as error:
            raise BrokenDrawing([fault(element.get("id", ""), "extra")]) from error


def _number(drawing: Drawing, node: Element, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        drawing.blame(node, "hours")
        return 1.0
