"""BPMN: what is exported comes back unchanged; what is foreign or hostile is named, not guessed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from motcua.casework.agencies.public import ROLES as AGENCY_ROLES
from motcua.casework.workflow.bpmn import (
    BrokenDrawing,
    diagram_svg,
    from_bpmn,
    ordered_steps,
    to_bpmn,
)
from motcua.casework.workflow.bpmn.graph import graph_of
from motcua.casework.workflow.bpmn.layout import lay_out
from motcua.casework.workflow.bpmn.vocabulary import BPMN, BPMNDI, DI
from motcua.casework.workflow.rules import (
    ROLES,
    ProcessDocument,
    examine,
    read_document,
    write_document,
)
from motcua.casework.workflow.tests.bad_bpmn import BAD, HEAD, PLAIN, TAIL
from motcua.casework.workflow.tests.processes import action, end, join, permit, process, task
from motcua.casework.workflow.tests.random_processes import processes


def typed(document: Any) -> ProcessDocument:
    found = read_document(document)
    assert isinstance(found, ProcessDocument), found
    return found


def round_trip(document: Any) -> None:
    before = typed(document)
    xml = to_bpmn(before)
    after = typed(from_bpmn(xml))
    assert write_document(after) == write_document(before)
    assert to_bpmn(after) == xml


def test_the_permit_process_survives_the_journey() -> None:
    document = permit()
    document["steps"][0]["extra"] = {"nhãn": ["một", 2]}
    document["steps"][0]["note"] = 'Ghi chú <có> "dấu" & ngoặc'
    document["legal_basis"] = "QĐ 1/QĐ-UBND"
    document["steps"][1]["timers"] = [
        {"id": "remind", "after": {"amount": 4, "unit": "working_hour"}, "verb": "remind",
         "to": [], "interrupts": False, "name": {"vi": "Nhắc", "en": "Remind"}},
        {"id": "late", "after": {"amount": 3, "unit": "calendar_day"}, "verb": "late",
         "to": ["sign"]},
    ]  # fmt: skip
    round_trip(document)


@settings(max_examples=100, deadline=None)
@given(processes())
def test_random_sound_processes_survive_the_journey(document: dict[str, Any]) -> None:
    assert examine(document)[1] == []
    round_trip(document)


def test_ways_of_one_branch_meet_before_the_join() -> None:
    document = process(
        task("s", action("go", "a", "b")),
        task("a", action("yes", "j"), action("no", "j"), action("more", "c")),
        task("c", action("go", "j")),
        task("b", action("go", "j")),
        join("j", "done"),
        end(),
    )
    root = ET.fromstring(to_bpmn(typed(document)))
    gateway = next(g for g in root.iter(f"{{{BPMN}}}parallelGateway") if g.get("id") == "j")
    assert len(gateway.findall(f"{{{BPMN}}}incoming")) == 2
    round_trip(document)


def test_every_element_is_drawn() -> None:
    root = ET.fromstring(to_bpmn(typed(permit())))
    drawn = {shape.get("bpmnElement") for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    edges = {edge.get("bpmnElement"): edge for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge")}
    process_element = root.find(f"{{{BPMN}}}process")
    assert process_element is not None
    for child in process_element:
        name = child.get("id")
        if child.tag.endswith("sequenceFlow"):
            assert len(edges[name].findall(f"{{{DI}}}waypoint")) >= 2
        elif child.tag.endswith(("Event", "Gateway", "Task")):
            assert name in drawn
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lane", ["case_officer", "Chuyên viên thụ lý", "case Officer"])
def test_a_plain_foreign_drawing_gets_plain_defaults(lane: str) -> None:
    lanes = (
        f'<laneSet id="ls"><lane id="l" name="{lane}"><flowNodeRef>Task_1</flowNodeRef>'
        "</lane></laneSet>"
    )
    document = from_bpmn(HEAD + lanes + PLAIN + TAIL)
    assert examine(document)[1] == []
    step = document["steps"][0]
    assert (step["id"], step["role"], step["unit"]) == ("task_1", "case_officer", "competent")
    assert step["actions"][0]["name"]["vi"] == "Xong"


@pytest.mark.parametrize(("xml", "expected"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_cannot_be_read_is_named(xml: str | bytes, expected: tuple[str, str]) -> None:
    with pytest.raises(BrokenDrawing) as caught:
        from_bpmn(xml)
    faults = {(fault.element, fault.code) for fault in caught.value.faults}
    assert expected in faults
    assert all(fault.message.vi and fault.message.en for fault in caught.value.faults)


def test_deep_nesting_is_refused_without_falling_over() -> None:
    with pytest.raises(BrokenDrawing):
        from_bpmn(HEAD + "<extensionElements>" * 20_000 + TAIL)
    deep = "<x>" * 5_000 + "</x>" * 5_000
    with pytest.raises(BrokenDrawing):
        from_bpmn(HEAD + deep + TAIL)


def test_the_drawing_marks_where_the_case_stands() -> None:
    document = permit()
    document["steps"][0]["name"] = {"vi": "Tiếp nhận <b>", "en": "Receive"}
    svg = diagram_svg(typed(document), ["receive"])
    root = ET.fromstring(svg)
    assert "đang ở đây: Tiếp nhận <b>" in (root[0].text or "")
    assert svg.count("wf-active") == 1
    assert not re.search(r"style=|<script|onload", svg)
    assert "you are here: Receive" in diagram_svg(typed(document), ["receive"], language="en")
    assert "wf-active" not in diagram_svg(typed(document))


def test_the_steps_read_as_a_list() -> None:
    steps = ordered_steps(typed(permit()), ["sign"], language="en")
    assert [s["id"] for s in steps if s["current"]] == ["sign"]
    assert "met" not in {s["id"] for s in steps}


def test_every_role_of_the_house_may_hold_a_step() -> None:
    assert {*AGENCY_ROLES, "applicant"} == ROLES


@settings(max_examples=60, deadline=None)
@given(processes())
def test_no_line_runs_through_a_box(document: dict[str, Any]) -> None:
    graph = graph_of(typed(document))
    layout = lay_out(graph)
    for flow in graph.flows:
        points = layout.flows[flow.id]
        others = [
            box for name, box in layout.nodes.items() if name not in {flow.source, flow.target}
        ]
        tasks = {node.attached for node in graph.nodes if node.id == flow.source}
        owners = [layout.nodes[name] for name in tasks if name]
        for (ax, ay), (bx, by) in pairwise(points):
            for box in others:
                apart = (
                    max(ax, bx) <= box.x
                    or min(ax, bx) >= box.right
                    or max(ay, by) <= box.y
                    or min(ay, by) >= box.bottom
                )
                assert apart or box in owners, (flow, box)
