"""Every write to cases. One module per concern; all re-exported here."""

from motcua.casework.cases.services.corrections import (
    Finding,
    answer_correction,
    ask_correction,
)
from motcua.casework.cases.services.history import CaseDraft, change_case, known_end, open_case
from motcua.casework.cases.services.holding import (
    assign,
    claim,
    look_at,
    release,
)
from motcua.casework.cases.services.numbering import next_code
from motcua.casework.cases.services.once import earlier_result, run_once
from motcua.casework.cases.services.saving import delete_view, move_view, save_view
from motcua.casework.cases.services.succession import move_open_cases

__all__ = [
    "CaseDraft",
    "Finding",
    "answer_correction",
    "ask_correction",
    "assign",
    "change_case",
    "claim",
    "delete_view",
    "earlier_result",
    "known_end",
    "look_at",
    "move_open_cases",
    "move_view",
    "next_code",
    "open_case",
    "release",
    "run_once",
    "save_view",
]
