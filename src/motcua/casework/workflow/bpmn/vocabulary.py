"""Names of the BPMN 2.0 exchange format (OMG formal/2013-12-09) and of our own extension."""

from __future__ import annotations

from typing import Final

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
OWN: Final = "urn:motcua:bpmn:1"
CEL: Final = "https://github.com/google/cel-spec"

TAGS: Final = {
    "start": "startEvent",
    "end": "endEvent",
    "terminate": "endEvent",
    "task": "userTask",
    "exclusive": "exclusiveGateway",
    "parallel": "parallelGateway",
    "boundary": "boundaryEvent",
}


def bpmn(tag: str) -> str:
    """A tag of the BPMN namespace as ElementTree writes it."""
    return f"{{{BPMN}}}{tag}"


def own(tag: str) -> str:
    """A tag of our extension namespace."""
    return f"{{{OWN}}}{tag}"
