"""In the competent agency: assign, consult, propose, pass on, send back, extend, note."""

from __future__ import annotations

from motcua.casework.access.public import require
from motcua.casework.agencies.public import holders_of
from motcua.casework.clock.public import Limit, active_track, entries_of, extend
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.subsystems.applications.dossiers import city_date
from motcua.subsystems.applications.laws import one_stop_law
from motcua.subsystems.applications.services.results import refresh_draft
from motcua.subsystems.applications.services.slips import apology_data, order_slip
from motcua.subsystems.applications.services.steps import Step, verb


@verb("assign")
def assign(step: Step) -> None:
    """Name the officer who handles the dossier from now on."""
    wanted = step.payload.get("officer")
    officer = int(wanted) if wanted else step.actor.account_id
    agency_id = step.case.competent_agency_id
    officers = {m.account_id for m in holders_of(agency_id, "case_officer", city_date(step.at))}
    if officer not in officers:
        raise InvalidInput(
            {"officer": Bilingual("Hãy chọn một cán bộ thụ lý.", "Choose a case officer.")}
        )
    step.application["officer_id"] = officer
    if not step.payload.get("together"):
        # Who gets many at once is told once, by whoever gave them.
        step.event["officer_id"] = officer
    step.public = False


@verb("ask_consultation")
def ask_consultation(step: Step) -> None:
    """Ask another agency; the question goes with the move and opens the dossier to it."""
    if not step.note:
        raise InvalidInput(
            {"note": Bilingual("Hãy nêu nội dung cần lấy ý kiến.", "Say what you ask about.")}
        )


@verb("answer_consultation")
def answer_consultation(step: Step) -> None:
    """The consulted agency's opinion, or what its silence means."""
    if step.payload.get("by_itself"):
        step.note = "Hết thời hạn lấy ý kiến mà không trả lời: coi như thống nhất."
        return
    if step.text("opinion") not in {"agree", "agree_if", "disagree", "no_opinion"}:
        raise InvalidInput({"opinion": Bilingual("Hãy chọn ý kiến.", "Choose an opinion.")})
    step.data["opinion"] = step.text("opinion")


@verb("propose")
def propose(step: Step) -> None:
    """The officer proposes; the draft result is made from the answers and his corrections."""
    if step.dossier.application.officer_id is None:
        step.application["officer_id"] = step.actor.account_id
    step.application["proposal_note"] = step.note
    step.public = False
    refresh_draft(step)


@verb("approve")
def approve(step: Step) -> None:
    """The head of division passes the proposal on to who signs."""
    step.public = False


@verb("return_for_rework")
def return_for_rework(step: Step) -> None:
    """Back to an earlier step, with the reason."""
    if not step.note:
        raise InvalidInput({"reason": Bilingual("Hãy nêu lý do trả lại.", "Say why it goes back.")})
    step.public = not step.actor.serves


@verb("confirm_draft")
def confirm_draft(step: Step) -> None:
    """The citizen confirms the draft; silence for the set time counts as confirmation."""
    if step.payload.get("by_itself"):
        step.note = "Hết thời hạn phản hồi bản dự thảo: coi như đồng ý."


@verb("extend")
def extend_return_date(step: Step) -> None:
    """Apologise and move the return date: once, at least a day before; form 04 ordered."""
    require(step.actor, "applications.extend", agency_id=step.case.competent_agency_id)
    try:
        days = int(step.payload.get("days") or 0)
    except ValueError:
        days = 0
    problems: dict[str, Bilingual] = {}
    if not step.note:
        problems["reason"] = Bilingual(
            "Hãy nêu lý do chậm; người dân sẽ đọc lời xin lỗi này.",
            "Give the reason for the delay; the applicant will read this apology.",
        )
    if not 1 <= days <= 30:
        problems["days"] = Bilingual(
            "Nhập số ngày làm việc cần thêm, từ 1 đến 30.",
            "Enter the working days needed, from 1 to 30.",
        )
    if problems:
        raise InvalidInput(problems)
    old = step.case.due_at
    entries = entries_of(step.case.pk)
    due = extend(
        actor=step.actor,
        case_id=step.case.pk,
        at=step.at,
        limit=Limit(days, "working_day"),
        reason=step.note,
        legal_basis=one_stop_law(city_date(step.at)),
        track=active_track(entries),
        entries=entries,
    )
    step.mirror(due)
    step.application["extended"] = True
    step.data |= {"days": days}
    order_slip(step, "04", apology_data(step, old, due))


@verb("note")
def note(step: Step) -> None:
    """A note that goes with a move; the applicant does not see it."""
    step.public = False
