"""After the answer: the reporter answers a question, rates, asks to look again."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Max

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import change_case
from motcua.casework.ledger.public import Private
from motcua.foundation.errors import Bilingual, InvalidInput, NotPossibleNow
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now
from motcua.foundation.transactions import together
from motcua.subsystems.reports.errors import RatingClosed
from motcua.subsystems.reports.models import Rating, Report
from motcua.subsystems.reports.selectors import report_of_owner
from motcua.subsystems.reports.services.acting import run_clock

RATING_DAYS = 14
REOPEN_TIMES = 2
"""Default settings: no act read so far fixes them."""
ENDED = frozenset({"resolved", "refused"})


def may_rate(report: Report, at: dt.datetime) -> bool:
    """Whether the reporter may still say how it went, or ask to look again."""
    ended = report.resolved_at or report.replied_at
    fresh = ended is not None and at - ended <= dt.timedelta(days=RATING_DAYS)
    return fresh and report.case.state in ENDED


@together()
def rate(*, actor: Actor, uid: UUID | str, satisfied: bool, comment: str = "") -> Rating:
    """The reporter says whether it is solved; once for each time it was answered.

    The caller has checked that this is the reporter (own account, or the secret address).
    Emits ``reports.rated``.

    Raises:
        NotFound. RatingClosed: not answered yet, rated already, or too long ago.
    """
    report = report_of_owner(uid)
    if not may_rate(report, now()):
        raise RatingClosed
    turn = 1 + report.case.changes.filter(verb="reports.reopen").count()
    if report.ratings.filter(round=turn).exists():
        raise RatingClosed
    rating = Rating(
        report=report, round=turn, satisfied=satisfied, comment=comment.strip()[:2000], at=now()
    )
    rating.save(force_insert=True)
    change_case(
        actor=actor,
        case=report.case,
        verb="reports.rate",
        public=False,
        data={"satisfied": satisfied},
        ledger={"satisfied": satisfied},
    )
    emit("reports.rated", str(report.case.uid), {"case_id": report.pk, "satisfied": satisfied})
    return rating


@together()
def ask_reopening(*, actor: Actor, uid: UUID | str, reason: str) -> Report:
    """The reporter asks to look again: the report is open, its whole limit begins anew.

    The caller has checked that this is the reporter. Emits ``reports.reopened``.

    Raises:
        NotFound. InvalidInput: no reason. RatingClosed: too long ago.
        NotPossibleNow: asked too often already.
    """
    report = report_of_owner(uid)
    if len(reason.strip()) < 3:
        text = Bilingual("Cho biết điều gì chưa ổn.", "Say what is not right yet.")
        raise InvalidInput({"reason": text})
    if not may_rate(report, now()):
        raise RatingClosed
    if report.case.changes.filter(verb="reports.reopen").count() >= REOPEN_TIMES:
        raise NotPossibleNow
    at = now()
    due = run_clock(actor, report.case, "restart", reason.strip(), at)
    columns = {"due_at": due.at, "clock_state": due.state} if due else {}
    change_case(
        actor=actor,
        case=report.case,
        verb="reports.reopen",
        to_state="reopened",
        note=reason.strip(),
        ledger={"reason": Private(reason.strip())},
        at=at,
        is_open=True,
        closed_at=None,
        decided_at=None,
        **columns,
    )
    facts = {"expected_at": due.at if due else None, "resolved_at": None}
    Report.objects.filter(pk=report.pk).update(**facts)
    emit("reports.reopened", str(report.case.uid), {"case_id": report.pk, "state": "reopened"})
    return report


@together()
def answer_question(*, actor: Actor, uid: UUID | str, text: str) -> Report:
    """The reporter answers what the unit asked; the clock runs again.

    The caller has checked that this is the reporter. Emits ``reports.answered``.

    Raises:
        NotFound. InvalidInput: nothing written. NotPossibleNow: nothing was asked.
    """
    report = report_of_owner(uid)
    if len(text.strip()) < 2:
        words = Bilingual("Hãy ghi câu trả lời.", "Write the answer.")
        raise InvalidInput({"answer": words})
    last = report.case.changes.aggregate(n=Max("seq"))["n"]
    asked = report.case.changes.filter(seq=last, verb="reports.ask").exists()
    if report.case.state != "waiting" or not asked:
        raise NotPossibleNow
    at = now()
    due = run_clock(actor, report.case, "resume", "Người phản ánh đã trả lời", at)
    columns = {"due_at": due.at, "clock_state": due.state} if due else {}
    change_case(
        actor=actor,
        case=report.case,
        verb="reports.answer",
        to_state="in_progress",
        note=text.strip()[:4000],
        public=False,
        ledger={"text": Private(text.strip())},
        at=at,
        **columns,
    )
    emit("reports.answered", str(report.case.uid), {"case_id": report.pk})
    return report
