"""Every read of this part. Who may see a case is asked before these are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, Subquery

from motcua.casework.access.public import Actor
from motcua.casework.forms.models import FormAnswers, FormDraft
from motcua.casework.forms.rules.prefilling import Provenance
from motcua.foundation.statements import Prepared


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as screens use it."""

    answers: dict[str, Any]
    origins: dict[str, Provenance]
    current_step: str
    form_version: str
    revision: int
    row: FormDraft


def draft_of(actor: Actor, form_key: str, context_key: str) -> Draft | None:
    """The actor's own draft, or None. One statement."""
    if actor.account_id is None:
        return None
    row = FormDraft.objects.filter(
        account_id=actor.account_id, form_key=form_key, context_key=context_key
    ).first()
    if row is None:
        return None
    origins = {
        name: Provenance.from_json(raw) for name, raw in row.content.get("origins", {}).items()
    }
    return Draft(
        row.content["answers"], origins, row.current_step, row.form_version, row.revision, row
    )


def drafts_of(actor: Actor) -> list[FormDraft]:
    """The actor's drafts, newest first, without their content."""
    rows = FormDraft.objects.filter(account_id=actor.account_id).defer("content")
    return list(rows.order_by("-updated_at"))


_LATEST = Prepared(lambda case_id, form_key: answer_versions(case_id, form_key)[:1], int, str)


def latest_answers(case_id: int, form_key: str) -> FormAnswers | None:
    """The version of the answers that counts now."""
    return _LATEST.first(case_id, form_key)


def latest_columns(path: str = "case_id") -> dict[str, Subquery]:
    """Columns for a query of rows with a case: ``answers_form`` and ``answers_latest``.

    What was submitted last for the case, by whatever form: whoever reads them compares
    the form's key, and asks :func:`latest_answers` when it is another.
    """
    newest = FormAnswers.objects.filter(case_id=OuterRef(path)).order_by("-pk")
    return {
        "answers_form": Subquery(newest.values("form_key")[:1]),
        "answers_latest": Subquery(newest.values("answers")[:1]),
    }


def answer_versions(case_id: int, form_key: str) -> Any:
    """All versions, newest first, as a queryset."""
    return FormAnswers.objects.filter(case_id=case_id, form_key=form_key).order_by("-sequence")


def versions_of_many(case_ids: Iterable[int]) -> dict[int, int]:
    """How many versions of answers each case has: 1 is as filed. One statement."""
    rows = FormAnswers.objects.filter(case_id__in=list(case_ids)).order_by()
    return dict(rows.values_list("case_id").annotate(newest=Max("sequence")))
