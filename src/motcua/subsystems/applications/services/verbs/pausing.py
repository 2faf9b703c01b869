"""When the next move is the applicant's: supplements and financial obligations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.access.public import allowed
from motcua.casework.cases.public import (
    Finding,
    answer_correction,
    ask_correction,
)
from motcua.casework.clock.public import (
    MAIN,
    PHASE_TWO,
    Entry,
    Limit,
    active_track,
    due_of,
    entries_of,
    restart,
    resume,
    start,
    stop,
    suspend,
)
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed
from motcua.subsystems.applications.dossiers import city_date
from motcua.subsystems.applications.laws import one_stop_law
from motcua.subsystems.applications.services.paid import ask_for_money, refuse_unpaid
from motcua.subsystems.applications.services.papers import take_answers, take_papers
from motcua.subsystems.applications.services.slips import (
    order_slip,
    receipt_data,
    supplement_data,
)
from motcua.subsystems.applications.services.steps import Step, verb
from motcua.subsystems.applications.services.verbs.receiving import supplement_policy
from motcua.subsystems.procedures.public import second_phase_for


def _basis(step: Step) -> str:
    return f"{one_stop_law(city_date(step.at))}, Điều 17"


def _findings(step: Step) -> list[Finding]:
    items: Sequence[Mapping[str, Any]] = step.payload.get("items") or []
    return [
        Finding(
            target_kind=str(item.get("kind", "paper")),
            target=str(item.get("target", "")),
            label=str(item.get("label", "")),
            problem=str(item.get("problem", "missing")),
            reason=str(item.get("reason", "")).strip(),
            before=item.get("before"),
        )
        for item in items
    ]


def _pause(step: Step, reason: str, ground: Any) -> None:
    entries = entries_of(step.case.pk)
    track = active_track(entries)
    if due_of(step.case.pk, track, entries=entries).state == "running":
        due = suspend(
            actor=step.actor,
            case_id=step.case.pk,
            at=step.at,
            reason=reason,
            legal_basis=_basis(step),
            ground=ground,
            track=track,
            entries=entries,
        )
        step.mirror(due)
    elif due_of(step.case.pk, "first_answer", entries=entries).state == "running":
        stop(
            actor=step.actor,
            case_id=step.case.pk,
            at=step.at,
            outcome="supplement",
            track="first_answer",
            entries=entries,
        )
        step.columns |= {"due_at": None, "clock_state": "paused"}


def _go_on(step: Step, reason: str) -> None:
    entries = entries_of(step.case.pk)
    track = active_track(entries)
    if due_of(step.case.pk, track, entries=entries).state == "paused":
        due = resume(
            actor=step.actor,
            case_id=step.case.pk,
            at=step.at,
            reason=reason,
            legal_basis=_basis(step),
            track=track,
            entries=entries,
        )
        step.mirror(due)
    elif due_of(step.case.pk, "first_answer", entries=entries).state == "stopped":
        due = restart(
            actor=step.actor,
            case_id=step.case.pk,
            at=step.at,
            reason=reason,
            legal_basis=_basis(step),
            track="first_answer",
            entries=entries,
        )
        step.mirror(due)


@verb("request_supplement")
def request_supplement(step: Step) -> None:
    """Ask once for everything missing, per field and paper; the clock pauses, form 02 ordered.

    A second request needs a reason and somebody who may consent to it.
    """
    repeat = step.text("repeat_reason")
    contacts = step.dossier.application.contacts
    approved = ""
    if contacts and repeat:
        if not allowed(
            step.actor, "applications.ask_again", agency_id=step.actor.posts[0].agency_id
        ):
            raise NotAllowed
        approved = step.actor.name
    message = step.text("note") or step.text("reason")
    correction = ask_correction(
        actor=step.actor,
        case=step.case,
        findings=_findings(step),
        message=message,
        repeat_reason=repeat,
        approved_by=approved,
    )
    _pause(step, message or "Yêu cầu bổ sung hồ sơ", "supplement")
    step.application |= {"contacts": contacts + 1}
    step.data |= {"correction": correction.seq}
    order_slip(step, "02", supplement_data(step, correction), seq=correction.seq)


@verb("supplement")
def supplement(step: Step) -> None:
    """What the applicant sends back: mended answers and new papers, with a diff kept."""
    changed = take_answers(step)
    papers = take_papers(step)
    correction = answer_correction(
        actor=step.actor,
        case=step.case,
        answers={**changed, **papers},
        note=step.text("note"),
    )
    left = [item.label for item in correction.items.all() if not item.mended]
    if left and not step.text("note"):
        names = "; ".join(left)
        raise InvalidInput(
            {
                "note": Bilingual(
                    f"Chưa thấy thay đổi ở: {names}. Hãy bổ sung, hoặc giải thích tại đây.",
                    f"Nothing changed in: {names}. Supply it, or explain here.",
                )
            }
        )
    _go_on(step, "Đã bổ sung hồ sơ")


@verb("request_financial_obligation")
def request_financial_obligation(step: Step) -> None:
    """Wait for the applicant to pay what another law asks; the clock pauses.

    In a procedure of two phases the first ends here: its clock stops and keeps its date.
    """
    if not step.note:
        raise InvalidInput({"note": Bilingual("Hãy nêu khoản phải nộp.", "Say what must be paid.")})
    ask_for_money(step, step.moved.awaits if step.moved else ())
    entries = entries_of(step.case.pk)
    if second_phase_for(step.dossier.package, city_date(step.at)) and not _in_phase_two(entries):
        _end_first_phase(step, entries)
        step.columns |= {"due_at": None, "clock_state": "paused"}
        return
    _pause(step, step.note, "financial")


@verb("confirm_financial_obligation")
def confirm_financial_obligation(step: Step) -> None:
    """The money is paid, or none was due: the clock runs again.

    In a procedure of two phases the second begins, with dates of its own; form 01 tells them.
    """
    refuse_unpaid(step, step.moved.signals if step.moved else ())
    if step.payload.get("by_itself"):
        step.note = "Đã nhận đủ thanh toán"
    entries = entries_of(step.case.pk)
    lawful = second_phase_for(step.dossier.package, city_date(step.at))
    if lawful is None or _in_phase_two(entries):
        _go_on(step, step.note or "Đã thực hiện nghĩa vụ tài chính")
        return
    _end_first_phase(step, entries)
    due = start(
        actor=step.actor,
        case_id=step.case.pk,
        at=step.at,
        limit=Limit.read((lawful.amount, lawful.unit)),
        agency_id=step.case.competent_agency_id,
        legal_basis=lawful.legal_basis,
        policy=supplement_policy(step.dossier.package),
        track=PHASE_TWO,
        reason=step.note,
        entries=entries,
    )
    step.mirror(due)
    step.data |= {"phase": 2}
    first = due_of(step.case.pk, MAIN, entries=entries)
    order_slip(step, "01", receipt_data(step, first, phase_two=due), seq=0)


def _in_phase_two(entries: Sequence[Entry]) -> bool:
    return active_track(entries) == PHASE_TWO


def _end_first_phase(step: Step, entries: list[Entry]) -> None:
    if due_of(step.case.pk, MAIN, entries=entries).state in {"running", "paused"}:
        stop(
            actor=step.actor,
            case_id=step.case.pk,
            at=step.at,
            outcome="first_phase",
            track=MAIN,
            entries=entries,
        )
