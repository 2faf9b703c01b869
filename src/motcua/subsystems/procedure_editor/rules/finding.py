"""Everything that keeps a draft from being published, each with its page and its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from motcua.casework.forms.public import check_form
from motcua.casework.workflow.public import read_document
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedure_editor.rules.coverage import AgencyRoles, coverage
from motcua.subsystems.procedure_editor.rules.documents import Document, as_map, value_at
from motcua.subsystems.procedure_editor.rules.specs import section_of_place
from motcua.subsystems.procedures.public import Problem, validate_package

_STEP: Final = re.compile(r"^process/steps\.([a-z0-9_]+)")
_NUMBER: Final = re.compile(r"^process/steps\[(\d+)\]")
DRAWING: Final = Bilingual(
    "Bản vẽ mới nhất chưa đọc được thành quy trình; mở trang Quy trình để sửa.",
    "The newest drawing cannot be read as a process; open the page Process to mend it.",
)

NO_DEPARTMENT: Final = Bilingual(
    "Sở, ngành quyết định thì phải nêu mã cơ quan, như 'so-tu-phap'.",
    "Where a department decides, give the agency's code, such as 'so-tu-phap'.",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the page it is mended on, and the step of the process it stands at."""

    problem: Problem
    section: str
    step: str = ""

    @property
    def row(self) -> int | None:
        """The number of the row it is in, for sections of rows."""
        parts = re.split(r"[/ ]", self.problem.place)
        return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else None

    @property
    def key(self) -> str:
        """The key of the fact inside its row or page."""
        place = self.problem.place.partition(" ")[0]
        parts = [part for part in place.split("/") if not part.isdecimal()]
        return "/".join(parts[1:] if self.row is not None else parts)


def find_faults(
    document: Document,
    *,
    agencies: Iterable[AgencyRoles],
    fields: frozenset[str],
    drawing_faulty: bool = False,
) -> tuple[Fault, ...]:
    """All faults in the order of the package; an unfinished draft has some, no matter."""
    problems = [*_package(document)]
    if document.get("field") and document["field"] not in fields:
        text = Bilingual("Không có lĩnh vực này.", "There is no such field.")
        problems.append(Problem("field", text))
    if document.get("decides") == "department" and not document.get("competent_agency"):
        problems.append(Problem("competent_agency", NO_DEPARTMENT))
    if drawing_faulty:
        problems.append(Problem("process/drawing", DRAWING))
    problems += _uncovered(document, agencies)
    return tuple(_placed(problem, document) for problem in dict.fromkeys(problems))


def _package(document: Document) -> Iterator[Problem]:
    """The package's own check; of a form or process that is not even one, only that is told."""
    broken = [
        Problem(f"form/{p.path}", p.message) for p in check_form(as_map(document.get("form")))
    ]
    typed = read_document(document.get("process"))
    if isinstance(typed, list):
        broken += [Problem(f"process/{p.place}", p.message) for p in typed]
    try:
        yield from validate_package(document)
    except (LookupError, TypeError, AttributeError):
        # Its checks read form and process as whole ones; what is broken there is told below.
        if not broken:
            raise
    yield from broken


def _uncovered(document: Document, agencies: Iterable[AgencyRoles]) -> Iterator[Problem]:
    for line in coverage(document, agencies):
        if line.missing:
            names, more = "; ".join(line.missing[:5]), len(line.missing) - 5
            vi = f" và {more} cơ quan khác" if more > 0 else ""
            en = f" and {more} more" if more > 0 else ""
            yield Problem(
                f"process/steps.{line.step}.role",
                Bilingual(
                    f"Chưa có vị trí “{line.role_name.vi}” tại: {names}{vi}.",
                    f"There is no post “{line.role_name.en}” at: {names}{en}.",
                ),
            )


def _placed(problem: Problem, document: Document) -> Fault:
    step = found[1] if (found := _STEP.match(problem.place)) else ""
    if numbered := _NUMBER.match(problem.place):
        row = value_at(document, ("process", "steps", int(numbered[1])))
        step = str(as_map(row).get("id") or "")
    return Fault(problem, section_of_place(problem.place), step)
