"""The door of this part: what others may call."""

from motcua.subsystems.procedure_editor.errors import BadArchive, SecondPersonNeeded
from motcua.subsystems.procedure_editor.models import ProcedureDraft
from motcua.subsystems.procedure_editor.rules.archive import write_archive
from motcua.subsystems.procedure_editor.services import read_package_file, start_draft

__all__ = [
    "BadArchive",
    "ProcedureDraft",
    "SecondPersonNeeded",
    "read_package_file",
    "start_draft",
    "write_archive",
]
