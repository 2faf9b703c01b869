"""What may be found wanting in a dossier: every paper and every answer, asked about at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.foundation.errors import Bilingual
from motcua.subsystems.applications.console_views.sent import Sent
from motcua.subsystems.applications.selectors import DossierPage


@dataclass(slots=True)
class FindingRow:
    """One paper or answer that may be found wanting."""

    kind: str
    target: str
    label: str
    label_vi: str
    shown: str
    before: Any
    ticked: bool = False
    problem: str = "missing"
    reason: str = ""
    error: str = ""

    @property
    def place(self) -> str:
        """How form fields name it."""
        return f"{self.kind}:{self.target}"

    @property
    def anchor(self) -> str:
        """The id of its reason field."""
        return f"why-{self.kind}-{self.target}"

    def refill(self, sent: Sent, errors: Mapping[str, Bilingual], language: str) -> None:
        """Put back what was typed, with what was wrong about it."""
        self.ticked = self.place in sent.ticked
        self.problem = sent.text(f"problem:{self.place}") or self.problem
        self.reason = sent.text(f"reason:{self.place}")
        text = errors.get(f"reason-{self.target}")
        self.error = text.in_language(language) if text and self.ticked else ""


def finding_rows(page: DossierPage) -> Iterable[FindingRow]:
    """Every paper, then every answer of the form."""
    language = get_language() or "vi"
    for row in page.papers:
        files = [str(file.uid) for file in row.files]
        shown = _("%(n)s tệp") % {"n": len(files)} if files else _("chưa có tệp")
        name = row.paper.name
        yield FindingRow("paper", row.paper.id, name.in_language(language), name.vi, shown, files)
    for answer in page.answers:
        before = page.dossier.answers.get(answer.place)
        yield FindingRow(
            "field",
            answer.place,
            answer.label.in_language(language),
            answer.label.vi,
            answer.text.in_language(language),
            before,
            problem="wrong",
        )


def findings_of(page: DossierPage, sent: Sent) -> list[dict[str, Any]]:
    """The ticked findings as the service takes them."""
    return [
        {
            "kind": row.kind,
            "target": row.target,
            "label": row.label_vi,
            "problem": sent.text(f"problem:{row.place}") or row.problem,
            "reason": sent.text(f"reason:{row.place}"),
            "before": row.before,
        }
        for row in finding_rows(page)
        if row.place in sent.ticked
    ]
