"""BPMN files with one fault each, and the element and code by which it must be named."""

from __future__ import annotations

from motcua.casework.workflow.bpmn import MAX_BYTES
from motcua.casework.workflow.bpmn.vocabulary import BPMN

HEAD = f'<definitions xmlns="{BPMN}" id="d"><process id="p">'
TAIL = "</process></definitions>"
PLAIN = (
    '<startEvent id="S"/><userTask id="Task_1" name="Làm"/><endEvent id="E"/>'
    '<sequenceFlow id="f1" sourceRef="S" targetRef="Task_1"/>'
    '<sequenceFlow id="f2" sourceRef="Task_1" targetRef="E" name="Xong"/>'
)


def replaced(old: str, new: str) -> str:
    assert old in PLAIN
    return HEAD + PLAIN.replace(old, new) + TAIL


BAD: list[tuple[str, str | bytes, tuple[str, str]]] = [
    ("not xml", "<a", ("", "not_xml")),
    ("binary", b"\x00\xff", ("", "not_xml")),
    ("html", "<html/>", ("", "not_bpmn")),
    ("no process", f'<definitions xmlns="{BPMN}" id="d"/>', ("d", "one_process")),
    (
        "a script task",
        replaced('<endEvent id="E"/>', '<endEvent id="E"/><scriptTask id="X1"/>'),
        ("X1", "unsupported"),
    ),
    (
        "a message start",
        replaced(
            '<startEvent id="S"/>', '<startEvent id="S"><messageEventDefinition/></startEvent>'
        ),
        ("S", "unsupported"),
    ),
    (
        "a multi-instance task",
        replaced(
            'name="Làm"/>', 'name="Làm"><multiInstanceLoopCharacteristics id="mi"/></userTask>'
        ),
        ("mi", "unsupported"),
    ),
    (
        "a foreign element",
        replaced('name="Làm"/>', 'name="Làm"><x xmlns="urn:other"/></userTask>'),
        ("Task_1", "unsupported"),
    ),
    ("a missing target", replaced('targetRef="E"', 'targetRef="Z"'), ("f2", "dangling")),
    (
        "two starts",
        replaced(
            '<startEvent id="S"/>',
            '<startEvent id="S"/><startEvent id="S2"/>'
            '<sequenceFlow id="g" sourceRef="S2" targetRef="Task_1"/>',
        ),
        ("S", "start"),
    ),
    (
        "the same id",
        replaced('<endEvent id="E"/>', '<endEvent id="E"/><endEvent id="E"/>'),
        ("E", "duplicate"),
    ),
    (
        "two flows from a task",
        HEAD + PLAIN + '<sequenceFlow id="g" sourceRef="Task_1" targetRef="E"/>' + TAIL,
        ("Task_1", "many_flows"),
    ),
    (
        "a gateway in the air",
        replaced(
            'sourceRef="S" targetRef="Task_1"',
            'sourceRef="S" targetRef="G"/><exclusiveGateway id="G"/>'
            '<sequenceFlow id="g1" sourceRef="G" targetRef="Task_1"/>'
            '<sequenceFlow id="g2" sourceRef="G" targetRef="E"',
        ),
        ("G", "gateway_place"),
    ),
    (
        "a circle of merges",
        replaced(
            'targetRef="E" name="Xong"',
            'targetRef="G" name="Xong"/><exclusiveGateway id="G"/><exclusiveGateway id="H"/>'
            '<sequenceFlow id="g1" sourceRef="G" targetRef="H"/>'
            '<sequenceFlow id="g2" sourceRef="H" targetRef="G"',
        ),
        ("G", "gateway_place"),
    ),
    (
        "a gateway without exit",
        replaced('targetRef="E" name="Xong"', 'targetRef="G" name="Xong"/><parallelGateway id="G"'),
        ("G", "no_flow"),
    ),
    (
        "a timer in the air",
        replaced(
            '<endEvent id="E"/>',
            '<endEvent id="E"/>'
            '<boundaryEvent id="B" attachedToRef="E"><timerEventDefinition id="t"><timeDuration>P1D'
            "</timeDuration></timerEventDefinition></boundaryEvent>",
        ),
        ("B", "attached"),
    ),
    (
        "a timer without time",
        replaced(
            '<endEvent id="E"/>',
            '<endEvent id="E"/>'
            '<boundaryEvent id="B" attachedToRef="Task_1"><timerEventDefinition id="t">'
            "<timeDuration>soon"
            "</timeDuration></timerEventDefinition></boundaryEvent>",
        ),
        ("B", "duration"),
    ),
    (
        "an entity bomb",
        '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        ("", "not_xml"),
    ),
    (
        "an outside entity",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        ("", "not_xml"),
    ),
    ("an outside DTD", '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', ("", "not_xml")),
    ("too large", "<a>" + " " * MAX_BYTES + "</a>", ("", "too_large")),
    (
        "too many elements",
        f'<definitions xmlns="{BPMN}">' + "<process/>" * 30_000 + "</definitions>",
        ("", "too_large"),
    ),
]
