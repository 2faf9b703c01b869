"""Asking once for everything that is missing, per field and per paper, and taking the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.cases.models import Case, Correction, CorrectionItem
from motcua.casework.cases.rules import AlreadyAsked
from motcua.foundation.errors import Bilingual, InvalidInput, NotPossibleNow
from motcua.foundation.timesource import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: a form field or a paper, the problem and the reason in words."""

    target_kind: str
    target: str
    label: str
    problem: str
    reason: str
    before: Any = None


@transaction.atomic
def ask_correction(
    *,
    actor: Actor,
    case: Case,
    findings: Sequence[Finding],
    message: str = "",
    answer_by: dt.datetime | None = None,
    repeat_reason: str = "",
    approved_by: str = "",
) -> Correction:
    """Record one complete request. Part of the caller's transaction, which changes the case.

    Raises:
        InvalidInput: nothing named, or a reason is missing.
        AlreadyAsked: asked before, and no reason and consent are given for a second time.
    """
    problems: dict[str, Bilingual] = {}
    if not findings:
        problems["items"] = Bilingual(
            "Hãy chọn ít nhất một mục cần bổ sung.", "Choose at least one item."
        )
    for finding in findings:
        if not finding.reason.strip():
            problems[f"reason-{finding.target}"] = Bilingual(
                f"Hãy nêu lý do cho “{finding.label}”.", f"Give the reason for “{finding.label}”."
            )
    if problems:
        raise InvalidInput(problems)
    asked = Correction.objects.filter(case=case).count()
    if asked and not (repeat_reason.strip() and approved_by.strip()):
        raise AlreadyAsked
    correction = Correction.objects.create(
        case=case,
        seq=asked + 1,
        asked_at=now(),
        asked_by_id=actor.account_id,
        message=message,
        repeat_reason=repeat_reason,
        approved_by=approved_by,
        answer_by=answer_by,
    )
    CorrectionItem.objects.bulk_create(
        [
            CorrectionItem(
                correction=correction,
                target_kind=finding.target_kind,
                target=finding.target,
                label=finding.label,
                problem=finding.problem,
                reason=finding.reason,
                before=finding.before,
            )
            for finding in findings
        ]
    )
    return correction


@transaction.atomic
def answer_correction(
    *, actor: Actor, case: Case, answers: Mapping[str, Any], note: str = ""
) -> Correction:
    """Record what came back for the open request; each item keeps before and after.

    Args:
        answers: target → new value (a field's value, or the list of a paper's files).

    Raises:
        NotPossibleNow: no request is open.
    """
    correction = Correction.objects.filter(case=case, answered_at__isnull=True).last()
    if correction is None:
        raise NotPossibleNow
    items = list(correction.items.all())
    for item in items:
        if item.target in answers:
            item.after = answers[item.target]
            item.mended = item.after != item.before
    CorrectionItem.objects.bulk_update(items, ["after", "mended"])
    correction.answered_at, correction.answer_note = now(), note
    correction.save(update_fields=["answered_at", "answer_note"])
    return correction
