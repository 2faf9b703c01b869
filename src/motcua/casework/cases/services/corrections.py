"""Asking once for everything that is missing, per field and per paper, and taking the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.access.public import Actor
from motcua.casework.cases.models import Case, Correction, CorrectionItem
from motcua.casework.cases.rules import AlreadyAsked
from motcua.foundation.errors import Bilingual, InvalidInput, NotPossibleNow
from motcua.foundation.statements import insert, insert_numbered, update
from motcua.foundation.timesource import now
from motcua.foundation.transactions import together


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: a form field or a paper, the problem and the reason in words."""

    target_kind: str
    target: str
    label: str
    problem: str
    reason: str
    before: Any = None


@together()
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

    Two statements. A refusal undoes the caller's transaction as well.

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
    correction = Correction(
        case=case,
        seq=1,
        asked_at=now(),
        asked_by_id=actor.account_id,
        message=message,
        repeat_reason=repeat_reason,
        approved_by=approved_by,
        answer_by=answer_by,
    )
    insert_numbered(correction, "seq", within=("case_id",))
    if correction.seq > 1 and not (repeat_reason.strip() and approved_by.strip()):
        raise AlreadyAsked
    items = [
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
    insert(*items)
    return _with_items(correction, items)


@together()
def answer_correction(
    *, actor: Actor, case: Case, answers: Mapping[str, Any], note: str = ""
) -> Correction:
    """Record what came back for the open request; each item keeps before and after.

    Three statements.

    Args:
        answers: target → new value (a field's value, or the list of a paper's files).

    Raises:
        NotPossibleNow: no request is open.
    """
    waiting = CorrectionItem.objects.filter(
        correction__case=case, correction__answered_at__isnull=True
    )
    rows = list(waiting.select_related("correction").order_by("correction__seq", "pk"))
    if not rows:
        raise NotPossibleNow
    correction = rows[-1].correction
    items = [item for item in rows if item.correction_id == correction.pk]
    for item in items:
        if item.target in answers:
            item.after = answers[item.target]
            item.mended = item.after != item.before
    _keep_after([item for item in items if item.target in answers])
    correction.answered_at, correction.answer_note = now(), note
    given = {"answered_at": correction.answered_at, "answer_note": note}
    update(Correction, {"pk": correction.pk}, given)
    return _with_items(correction, items)


def _with_items(correction: Correction, items: list[CorrectionItem]) -> Correction:
    """Let ``items.all()`` answer with what is known already, as after a prefetch."""
    row: Any = correction
    known: Any = correction.items.all()
    known._result_cache = items
    row._prefetched_objects_cache = {"items": known}
    return correction


def _keep_after(items: list[CorrectionItem]) -> None:
    """What came back for each item: one statement for one item and for many."""
    if len(items) == 1:
        update(
            CorrectionItem,
            {"pk": items[0].pk},
            {"after": items[0].after, "mended": items[0].mended},
        )
    elif items:
        CorrectionItem.objects.bulk_update(items, ["after", "mended"])
