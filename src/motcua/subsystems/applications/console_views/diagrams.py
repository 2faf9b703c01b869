"""The process of a dossier as a drawing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from motcua.casework.workflow.public import (
    Passed,
    case_diagram,
    document_of,
    history,
    to_bpmn,
)
from motcua.subsystems.applications.console_views.names import role_names
from motcua.subsystems.applications.dossiers import process_of
from motcua.subsystems.applications.selectors import DossierPage


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing, where the dossier stands, and the way it came."""

    svg: SafeString
    here: str
    passed: str
    turns: list[Passed]


def diagram_of(page: DossierPage) -> Drawing:
    """The drawing of the dossier's own version of the process."""
    language = get_language() or "vi"
    svg = case_diagram(page.case, language=language, lane_names=role_names(language))
    turns = history(page.case)
    here = " ".join(position.step for position in page.positions)
    passed = " ".join(dict.fromkeys(turn.step for turn in turns if turn.left_at))
    # The drawing is made by us from escaped words.
    return Drawing(mark_safe(svg), here, passed, turns)  # noqa: S308


def bpmn_of(page: DossierPage) -> str:
    """The process as BPMN 2.0 text."""
    return to_bpmn(document_of(process_of(page.dossier.version)))
