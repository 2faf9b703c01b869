"""From a process document to a definition that may be published."""

from __future__ import annotations

from motcua.casework.workflow.rules.checking import Known, static_problems
from motcua.casework.workflow.rules.definition import Definition, tables_of
from motcua.casework.workflow.rules.document import ProcessDocument, read_document
from motcua.casework.workflow.rules.limits import limit_problems
from motcua.casework.workflow.rules.problems import Problem
from motcua.casework.workflow.rules.soundness import loops_without_human, search_problems
from motcua.foundation.errors import Bilingual, InvalidInput


class BrokenProcess(InvalidInput):
    """The process cannot be published; ``problems`` name every place and reason."""

    code = "broken-process"
    message = Bilingual("Quy trình có {count} lỗi.", "The process has {count} faults.")
    advice = Bilingual(
        "Sửa từng chỗ được nêu rồi công bố lại.", "Mend each place named, then publish again."
    )

    def __init__(self, problems: list[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__({item.place: item.message for item in problems}, count=len(problems))


def compile_definition(
    document: object, *, known: Known | None = None, limit_hours: float | None = None
) -> Definition:
    """The compiled tables of a process document (decoded JSON, or already typed).

    ``known``: roles, states and variable names to check against; ``limit_hours``:
    the legal limit in working hours. Raises ``BrokenProcess`` with every fault.
    """
    definition, problems = examine(document, known=known, limit_hours=limit_hours)
    if definition is None or problems:
        raise BrokenProcess(problems)
    return definition


def examine(
    document: object, *, known: Known | None = None, limit_hours: float | None = None
) -> tuple[Definition | None, list[Problem]]:
    """The definition if it can be made, and all its faults; soundness only when names are right."""
    typed = document if isinstance(document, ProcessDocument) else read_document(document)
    if isinstance(typed, list):
        return None, typed
    problems = static_problems(typed, known or Known())
    if problems:
        return None, problems
    definition = tables_of(typed)
    problems = [
        *search_problems(definition),
        *loops_without_human(definition),
        *limit_problems(definition, limit_hours),
    ]
    return definition, problems
