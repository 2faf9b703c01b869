"""The same matter twice: "me too", merging with everybody carried over, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import change_case
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed, NotFound, NotPossibleNow
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now
from motcua.foundation.transactions import together
from motcua.subsystems.reports.models import Report, Support
from motcua.subsystems.reports.selectors import public_report, report_by_code, report_for
from motcua.subsystems.reports.services.acting import may_handle, run_clock
from motcua.subsystems.reports.states import KIND, OPEN_STATES

WHO = "reports-support"


def who_of(actor: Actor, browser: str) -> str:
    """The mark of who supports: the account, or the browser of somebody without one."""
    return keyed_hash(f"p:{actor.party_id}" if actor.party_id else f"b:{browser}", purpose=WHO)


@together()
def support(*, actor: Actor, code: str, browser: str) -> bool:
    """Say "me too", once. Emits ``reports.supported``. Returns whether it is new.

    Args:
        browser: what tells this browser from others, of people without an account.

    Raises:
        NotFound: no such report in public. NotPossibleNow: it is no longer open.
    """
    report = public_report(code)
    if report.case.state not in OPEN_STATES or not (actor.party_id or browser):
        raise NotPossibleNow
    row = Support(report=report, who=who_of(actor, browser), party_id=actor.party_id, at=now())
    before = report.support.count()
    Support.objects.bulk_create([row], ignore_conflicts=True)
    new = report.support.count() > before
    if new:
        Report.objects.filter(pk=report.pk).update(supporters=F("supporters") + 1)
        emit("reports.supported", str(report.case.uid), {"case_id": report.pk})
    return new


@together()
def merge(*, actor: Actor, uid: UUID | str, into: str) -> Report:
    """Merge a report into another one: its reporter and supporters go along.

    The clock of the merged one pauses. Emits ``reports.merged``.

    Args:
        into: code of the report that goes on.

    Raises:
        NotFound: the one that is merged is not open to the actor.
        NotAllowed: it is not the actor's to handle.
        InvalidInput: the other one is absent, the same, or merged itself.
    """
    report = report_for(actor, uid)
    if not may_handle(actor, report.case):
        raise NotAllowed
    try:
        target = report_by_code(actor, into)
    except NotFound:
        target = None
    if target is None or target.pk == report.pk or target.merged_into_id:
        text = Bilingual("Nhập mã của phản ánh còn lại.", "Type the code of the other report.")
        raise InvalidInput({"into": text})
    if report.merged_into_id or report.case.state not in OPEN_STATES:
        raise NotPossibleNow
    at, before = now(), report.case.state
    due = run_clock(actor, report.case, "suspend", f"Gộp vào {target.case.code}", at)
    columns = {"due_at": due.at, "clock_state": due.state} if due else {}
    change_case(
        actor=actor,
        case=report.case,
        verb="reports.merge",
        to_state="merged",
        note=f"→ {target.case.code}",
        data={"into": target.case.code},
        ledger={"into": target.case.code},
        at=at,
        **columns,
    )
    Report.objects.filter(pk=report.pk).update(merged_into=target, merged_from_state=before)
    _carry(report, target)
    emit("reports.merged", str(report.case.uid), {"case_id": report.pk, "into": target.pk})
    return target


def _carry(report: Report, target: Report) -> None:
    at = now()
    rows = [
        Support(report=target, who=row.who, party_id=row.party_id, carried_from=report, at=at)
        for row in report.support.all()
    ]
    party = report.case.applicant_id
    mark = f"p:{party}" if party else f"r:{report.pk}"
    rows.append(
        Support(
            report=target,
            who=keyed_hash(mark, purpose=WHO),
            party_id=party,
            carried_from=report,
            at=at,
        )
    )
    Support.objects.bulk_create(rows, ignore_conflicts=True)
    Report.objects.filter(pk=target.pk).update(supporters=target.support.count())


@together()
def unmerge(*, actor: Actor, uid: UUID | str) -> Report:
    """Take a merge back: the report goes on where it stood, with its own supporters.

    Emits ``reports.unmerged``.

    Raises:
        NotFound, NotAllowed. NotPossibleNow: it is not merged.
    """
    report = report_for(actor, uid)
    if not may_handle(actor, report.case):
        raise NotAllowed
    target = report.merged_into
    if target is None:
        raise NotPossibleNow
    at = now()
    due = run_clock(actor, report.case, "resume", "Tách lại", at)
    columns = {"due_at": due.at, "clock_state": due.state} if due else {}
    change_case(
        actor=actor,
        case=report.case,
        verb="reports.unmerge",
        to_state=report.merged_from_state,
        data={"from": target.pk},
        at=at,
        is_open=True,
        closed_at=None,
        **columns,
    )
    Support.objects.filter(report=target, carried_from=report).delete()
    Report.objects.filter(pk=target.pk).update(supporters=target.support.count())
    Report.objects.filter(pk=report.pk).update(merged_into=None, merged_from_state="")
    emit("reports.unmerged", str(report.case.uid), {"case_id": report.pk, "kind": KIND})
    return report
