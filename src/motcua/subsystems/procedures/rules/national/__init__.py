"""Reading the national catalogue of procedures: pure, and never a guess."""

from motcua.subsystems.procedures.rules.national.draft import Draft, Todo, draft_from_record
from motcua.subsystems.procedures.rules.national.reasons import KIND_NAMES, REASONS
from motcua.subsystems.procedures.rules.national.records import NotARecord, read_record
from motcua.subsystems.procedures.rules.national.shapes import (
    KINDS,
    NOT_STATED,
    Charge,
    Doubt,
    Law,
    Outcome,
    Reading,
    RecordData,
    Sheet,
    SheetGroup,
    Span,
    Way,
)

__all__ = [
    "KINDS",
    "KIND_NAMES",
    "NOT_STATED",
    "REASONS",
    "Charge",
    "Doubt",
    "Draft",
    "Law",
    "NotARecord",
    "Outcome",
    "Reading",
    "RecordData",
    "Sheet",
    "SheetGroup",
    "Span",
    "Todo",
    "Way",
    "draft_from_record",
    "read_record",
]
