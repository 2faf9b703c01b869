"""BPMN 2.0 XML with its diagram, as bpmn-js and other modellers open it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from motcua.casework.workflow.bpmn.graph import Flow, Graph, Node, graph_of
from motcua.casework.workflow.bpmn.layout import Layout, lay_out
from motcua.casework.workflow.bpmn.vocabulary import (
    BPMN,
    BPMNDI,
    CEL,
    DC,
    DI,
    OWN,
    TAGS,
    XSI,
    bpmn,
    lane_name,
    own,
)
from motcua.casework.workflow.rules import ProcessDocument

for _prefix, _uri in {
    "bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "motcua": OWN, "xsi": XSI,
}.items():  # fmt: skip
    ET.register_namespace(_prefix, _uri)


def to_bpmn(document: ProcessDocument) -> str:
    """The process as BPMN 2.0 XML including diagram interchange, lanes per role.

    Roles, units, hours, states, verbs and English names stand in extension
    elements of the namespace ``urn:motcua:bpmn:1``. Equal documents give equal text.
    """
    graph = graph_of(document)
    process_id = "Process_" + re.sub(r"[^A-Za-z0-9]", "_", graph.key)
    root = ET.Element(
        bpmn("definitions"), {"id": "Definitions", "targetNamespace": f"urn:motcua:{graph.key}"}
    )
    collaboration = ET.SubElement(root, bpmn("collaboration"), {"id": "Collaboration"})
    ET.SubElement(
        collaboration,
        bpmn("participant"),
        {"id": "Pool", "name": graph.name, "processRef": process_id},
    )
    process = ET.SubElement(
        root, bpmn("process"), {"id": process_id, "name": graph.name, "isExecutable": "true"}
    )
    _extension(process, "process", graph.data)
    _lanes(process, graph)
    for node in graph.nodes:
        _node(process, node, graph.flows)
    for flow in graph.flows:
        _flow(process, flow)
    _diagram(root, graph, lay_out(graph))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _extension(parent: ET.Element, tag: str, data: dict[str, str]) -> None:
    if data:
        holder = ET.SubElement(parent, bpmn("extensionElements"))
        ET.SubElement(holder, own(tag), data)


def _lanes(process: ET.Element, graph: Graph) -> None:
    lanes = ET.SubElement(process, bpmn("laneSet"), {"id": "Lanes"})
    for role in graph.lanes:
        lane = ET.SubElement(lanes, bpmn("lane"), {"id": f"Lane_{role}", "name": lane_name(role)})
        for node in graph.nodes:
            if node.lane == role:
                ET.SubElement(lane, bpmn("flowNodeRef")).text = node.id


def _node(process: ET.Element, node: Node, flows: list[Flow]) -> None:
    element = ET.SubElement(process, bpmn(TAGS[node.kind]), {"id": node.id})
    if node.name:
        element.set("name", node.name)
    if node.kind == "boundary":
        element.set("attachedToRef", node.attached)
        element.set("cancelActivity", "true" if node.interrupts else "false")
    tag = {"boundary": "timer", "exclusive": "gateway"}.get(node.kind, "step")
    _extension(element, tag, node.data)
    for flow in flows:
        if flow.target == node.id:
            ET.SubElement(element, bpmn("incoming")).text = flow.id
    for flow in flows:
        if flow.source == node.id:
            ET.SubElement(element, bpmn("outgoing")).text = flow.id
    if node.kind == "terminate":
        ET.SubElement(element, bpmn("terminateEventDefinition"), {"id": f"Terminate_{node.id}"})
    if node.kind == "boundary":
        event = ET.SubElement(element, bpmn("timerEventDefinition"), {"id": f"Due_{node.id}"})
        duration = ET.SubElement(event, bpmn("timeDuration"))
        duration.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        duration.text = node.duration


def _flow(process: ET.Element, flow: Flow) -> None:
    element = ET.SubElement(
        process,
        bpmn("sequenceFlow"),
        {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target},
    )
    if flow.name:
        element.set("name", flow.name)
    _extension(element, "action", flow.data)
    if flow.condition:
        condition = ET.SubElement(element, bpmn("conditionExpression"), {"language": CEL})
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        condition.text = flow.condition


def _diagram(root: ET.Element, graph: Graph, layout: Layout) -> None:
    diagram = ET.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", {"id": "Diagram"})
    plane = ET.SubElement(
        diagram, f"{{{BPMNDI}}}BPMNPlane", {"id": "Plane", "bpmnElement": "Collaboration"}
    )
    shapes = [("Pool", layout.pool, True)]
    shapes += [(f"Lane_{role}", box, True) for role, box in layout.lanes.items()]
    shapes += [(node.id, layout.nodes[node.id], False) for node in graph.nodes]
    for name, box, horizontal in shapes:
        shape = ET.SubElement(
            plane, f"{{{BPMNDI}}}BPMNShape", {"id": f"Shape_{name}", "bpmnElement": name}
        )
        if horizontal:
            shape.set("isHorizontal", "true")
        size = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        ET.SubElement(shape, f"{{{DC}}}Bounds", {k: str(v) for k, v in size.items()})
    for flow in graph.flows:
        edge = ET.SubElement(
            plane, f"{{{BPMNDI}}}BPMNEdge", {"id": f"Edge_{flow.id}", "bpmnElement": flow.id}
        )
        for x, y in layout.flows[flow.id]:
            ET.SubElement(edge, f"{{{DI}}}waypoint", {"x": str(x), "y": str(y)})
