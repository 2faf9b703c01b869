"""What a new row begins with: the likeliest answers, so that little is left to type."""

from __future__ import annotations

from typing import Any

from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor.rules.documents import Document
from motcua.subsystems.procedure_editor.rules.specs import Section
from motcua.subsystems.procedure_editor.selectors import OpenDraft
from motcua.subsystems.procedure_editor.showing import rows_of


def new_row(section: Section, found: OpenDraft) -> Document:
    """The row that "Add" opens."""
    document = found.document
    bases = rows_of(document, "legal_bases")
    basis = str(bases[-1].get("document") or "") if bases else ""
    dated: dict[str, Any] = {"valid_from": today().isoformat(), "valid_to": None}
    cited: dict[str, Any] = {"legal_basis": basis, "confirmed": False}
    rows: dict[str, Document] = {
        "components": {"required": True, "original": 1, "copies": 0, "e_form": False,
                       "accept": ["pdf", "image"], **cited},
        "limits": {"case": "*", "channel": "*", "unit": "working_day", **dated, **cited},
        "fees": {"kind": "le_phi", "quantity": "", "setting": "", "when": "", **dated, **cited},
        "exemptions": {"fees": [r.get("id") for r in rows_of(document, "fees")], **dated, **cited},
        "requirements": cited,
        "cases": {"when": ""},
    }  # fmt: skip
    return rows.get(section.rows, {})
