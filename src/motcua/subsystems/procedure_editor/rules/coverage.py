"""Whether every agency that may get a dossier has somebody for every step. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from motcua.casework.agencies.public import ROLES
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedure_editor.rules.documents import Document, as_map, as_rows

_KIND: Final = {"committee": "committee", "department": "department", "city": "city"}


@dataclass(frozen=True, slots=True)
class AgencyRoles:
    """An agency in force, and the roles that have a post in it."""

    code: str
    name: str
    kind: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A step, the role it needs, and the agencies where nobody can hold it.

    Of departments one is enough: which one decides is not in the package.
    """

    step: str
    step_name: Bilingual
    role: str
    role_name: Bilingual
    unit: str
    agencies: int
    missing: tuple[str, ...]


def coverage(document: Document, agencies: Iterable[AgencyRoles]) -> Iterator[Coverage]:
    """One line for each step that an agency works on, in the order of the process.

    A unit worked out by an expression is not judged: any agency may be meant.
    """
    known = list(agencies)
    for step in as_rows(as_map(document.get("process")).get("steps")):
        line = _line(step, document, known)
        if line is not None:
            yield line


def _line(step: dict[str, Any], document: Document, agencies: list[AgencyRoles]) -> Coverage | None:
    role, unit = str(step.get("role") or ""), str(step.get("unit") or "")
    if not role or role == "applicant" or role not in ROLES:
        return None
    meant = _meant(unit, str(document.get("decides") or ""), agencies)
    if meant is None:
        return None
    missing = tuple(agency.name for agency in meant if role not in agency.roles)
    enough = unit == "competent" and document.get("decides") == "department"
    if enough and len(missing) < len(meant):
        missing = ()
    name = as_map(step.get("name"))
    said = Bilingual(str(name.get("vi") or step.get("id")), str(name.get("en") or step.get("id")))
    return Coverage(str(step.get("id") or ""), said, role, ROLES[role], unit, len(meant), missing)


def _meant(unit: str, decides: str, agencies: list[AgencyRoles]) -> list[AgencyRoles] | None:
    if unit == "receiving":
        return [agency for agency in agencies if agency.kind == "centre"]
    if unit == "competent":
        return [agency for agency in agencies if agency.kind == _KIND.get(decides)]
    if unit.startswith("agency:"):
        code = unit.removeprefix("agency:")
        found = [agency for agency in agencies if agency.code == code]
        return found or [AgencyRoles(code, code, "", frozenset())]
    return None
