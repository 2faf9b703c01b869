"""Names of the BPMN 2.0 exchange format (OMG formal/2013-12-09) and of our own extension."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from motcua.casework.agencies.public import ROLES
from motcua.foundation.errors import Bilingual

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


LANES: Final[Mapping[str, Bilingual]] = {
    **ROLES,
    "applicant": Bilingual("Người nộp hồ sơ", "Applicant"),
}


def lane_name(role: str, language: str = "vi") -> str:
    """What a role's lane is called in the drawing."""
    return LANES[role].in_language(language) if role in LANES else role


def role_of_lane(name: str) -> str:
    """The role a lane means, by its name in either language; the name itself when unknown."""
    wanted = name.strip().casefold()
    for role, title in LANES.items():
        if wanted in {role, title.vi.casefold(), title.en.casefold()}:
            return role
    return name.strip()


def bpmn(tag: str) -> str:
    """A tag of the BPMN namespace as ElementTree writes it."""
    return f"{{{BPMN}}}{tag}"


def own(tag: str) -> str:
    """A tag of our extension namespace."""
    return f"{{{OWN}}}{tag}"
