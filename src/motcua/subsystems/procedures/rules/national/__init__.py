"""Reading the national catalogue of procedures: pure, and never a guess."""

from motcua.subsystems.procedures.rules.national.differences import (
    FIELD_NAMES,
    Difference,
    differences,
    differences_from_published,
    lines_told,
)
from motcua.subsystems.procedures.rules.national.draft import Draft, Todo, draft_from_record
from motcua.subsystems.procedures.rules.national.files import Line, UnreadableFile, lines_of
from motcua.subsystems.procedures.rules.national.keys import normal_key
from motcua.subsystems.procedures.rules.national.reasons import BROKEN, KIND_NAMES, REASONS
from motcua.subsystems.procedures.rules.national.records import (
    NOT_CONTENT,
    READER_VERSION,
    NotARecord,
    read_record,
)
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
    "BROKEN",
    "FIELD_NAMES",
    "KINDS",
    "KIND_NAMES",
    "NOT_CONTENT",
    "NOT_STATED",
    "READER_VERSION",
    "REASONS",
    "Charge",
    "Difference",
    "Doubt",
    "Draft",
    "Law",
    "Line",
    "NotARecord",
    "Outcome",
    "Reading",
    "RecordData",
    "Sheet",
    "SheetGroup",
    "Span",
    "Todo",
    "UnreadableFile",
    "Way",
    "differences",
    "differences_from_published",
    "draft_from_record",
    "lines_of",
    "lines_told",
    "normal_key",
    "read_record",
]
