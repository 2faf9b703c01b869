"""Signing, numbering, sealing; refusing, stopping, withdrawing."""

from __future__ import annotations

from motcua.casework.clock.public import CASE_TRACKS, due_of, entries_of, stop
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.subsystems.applications.services.results import seal_result, sign_result
from motcua.subsystems.applications.services.slips import order_slip, refusal_data, stop_data
from motcua.subsystems.applications.services.steps import Step, verb


def stop_clocks(step: Step, outcome: str) -> None:
    """End the clocks that still run; the due date stays as it was for comparison."""
    entries = entries_of(step.case.pk)
    for track in (*CASE_TRACKS, "first_answer"):
        if due_of(step.case.pk, track, entries=entries).state in {"running", "paused"}:
            stop(
                actor=step.actor,
                case_id=step.case.pk,
                at=step.at,
                outcome=outcome,
                track=track,
                entries=entries,
            )
    step.columns |= {"clock_state": "stopped", "outcome": outcome}


def _need_reason(step: Step) -> str:
    if not step.note:
        raise InvalidInput(
            {
                "reason": Bilingual(
                    "Hãy nêu lý do; người dân sẽ đọc lý do này.",
                    "Give the reason; the applicant will read it.",
                )
            }
        )
    return step.note


@verb("sign")
def sign(step: Step) -> None:
    """The leader signs: number, final file and signature in this transaction."""
    sign_result(step)
    _name_batch(step)
    step.public = False


@verb("issue")
def issue(step: Step) -> None:
    """The records clerk seals and publishes; the result exists from now on, the clock ends."""
    seal_result(step)
    _name_batch(step)
    stop_clocks(step, "granted")
    step.columns["decided_at"] = step.at


def _name_batch(step: Step) -> None:
    """An act done under one approval of many names that approval in the ledger."""
    if batch := step.text("batch"):
        step.ledger["batch"] = batch[:36]


@verb("refuse_after_appraisal")
def refuse_after_appraisal(step: Step) -> None:
    """Not eligible: refusal slip with reason through the counter, within the legal time."""
    reason = _need_reason(step)
    step.application |= {
        "refusal_reason": reason,
        "refusal_basis": step.text("basis"),
    }
    stop_clocks(step, "refused")
    step.columns["decided_at"] = step.at
    order_slip(step, "03", refusal_data(step, reason, step.text("basis")))


@verb("stop")
def stop_handling(step: Step) -> None:
    """The agency stops the dossier, with the reason; form 05 ordered."""
    reason = _need_reason(step)
    stop_clocks(step, "stopped")
    order_slip(step, "05", stop_data(step, reason))


@verb("stop_no_supplement")
def stop_no_supplement(step: Step) -> None:
    """No supplement came in time: the dossier stops by itself; form 05 ordered."""
    step.note = "Hết thời hạn bổ sung mà chưa nhận được giấy tờ yêu cầu."
    stop_clocks(step, "stopped")
    order_slip(step, "05", stop_data(step, step.note))


@verb("withdraw")
def withdraw(step: Step) -> None:
    """The applicant asks to have the dossier back; before it is signed."""
    if step.case.state in {"new", "supplement"}:
        _withdrawn(step)
    else:
        step.data["asked"] = True


@verb("approve_withdrawal")
def approve_withdrawal(step: Step) -> None:
    """The agency lets the dossier go; form 05 ordered."""
    _withdrawn(step)


def _withdrawn(step: Step) -> None:
    stop_clocks(step, "withdrawn")
    order_slip(step, "05", stop_data(step, step.note or "Rút hồ sơ theo yêu cầu"))
