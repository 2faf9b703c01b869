"""Pure decisions of the workflow: documents, definitions, markings. No database, no clock."""

from motcua.casework.workflow.rules.checking import ROLES, Known
from motcua.casework.workflow.rules.compiling import BrokenProcess, compile_definition, examine
from motcua.casework.workflow.rules.definition import (
    BACK,
    Branch,
    Definition,
    Marking,
    MoveRow,
    StepRow,
    Token,
    definition_from,
)
from motcua.casework.workflow.rules.document import (
    ProcessDocument,
    StepDocument,
    read_document,
    write_document,
)
from motcua.casework.workflow.rules.limits import longest_way
from motcua.casework.workflow.rules.problems import Problem, problem
from motcua.casework.workflow.rules.running import (
    Effects,
    NoSuchMove,
    enabled,
    fire,
    first_marking,
)

__all__ = [
    "BACK",
    "ROLES",
    "Branch",
    "BrokenProcess",
    "Definition",
    "Effects",
    "Known",
    "Marking",
    "MoveRow",
    "NoSuchMove",
    "Problem",
    "ProcessDocument",
    "StepDocument",
    "StepRow",
    "Token",
    "compile_definition",
    "definition_from",
    "enabled",
    "examine",
    "fire",
    "first_marking",
    "longest_way",
    "problem",
    "read_document",
    "write_document",
]
