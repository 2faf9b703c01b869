"""What a unit does with a report: one act, its state, its clock, its story; one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from motcua.casework.access.public import Actor, allowed
from motcua.casework.attachments.public import Attachment, claim_drafts, draft_attachments
from motcua.casework.cases.public import (
    Case,
    VersionConflict,
    change_case,
    known_end,
    refuse_if_claimed,
    run_once,
)
from motcua.casework.clock.public import Due, entries_of, restart, resume, stop, suspend
from motcua.casework.ledger.public import Private, gathering
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed, NotPossibleNow
from motcua.foundation.outbox.public import emit
from motcua.foundation.statements import insert, update
from motcua.foundation.timesource import local, now
from motcua.subsystems.reports.manifest import HANDLE, OPERATE
from motcua.subsystems.reports.models import Photo, Report
from motcua.subsystems.reports.selectors import acting_agency, category_of, report_for
from motcua.subsystems.reports.states import ACTIONS, Action

PING_PONG = 3
"""Transfers after which a report goes back to the triage desk. A default setting."""
ANSWERS = frozenset({"reply", "resolve", "refuse", "ask", "pause", "hand_on"})
"""Acts whose text is what the reporter reads as the last answer."""
BASIS = "Quy trình tiếp nhận, xử lý phản ánh 1022 (cài đặt mặc định)"
_TEXTS = {
    "reason": Bilingual("Hãy ghi lý do; người phản ánh sẽ đọc.", "Give a reason for the reporter."),
    "reply": Bilingual("Hãy ghi câu trả lời.", "Write the answer."),
}


@dataclass(slots=True)
class Step:
    """One act while it is being done."""

    actor: Actor
    report: Report
    action: Action
    payload: Mapping[str, Any]
    at: dt.datetime
    columns: dict[str, Any] = field(default_factory=dict[str, Any])
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    viewers: set[str] = field(default_factory=set[str])
    to: str = ""

    @property
    def case(self) -> Case:
        """The case of the report."""
        return self.report.case

    def text(self, name: str) -> str:
        """A text of the payload without spaces around it."""
        return str(self.payload.get(name) or "").strip()


def act_on_report(
    *,
    actor: Actor,
    uid: UUID | str,
    action: str,
    payload: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
    key: str = "",
) -> dict[str, Any]:
    """Take one of :data:`ACTIONS`. Emits ``reports.acted``.

    Args:
        payload: ``text`` (reason or reply), ``agency`` (code), ``draft_key`` of proof photos,
            ``kind`` (``complaint``, ``denunciation``) when handing on.
        expected_version: the version the person saw.
        key: idempotency key.

    Returns:
        ``{"uid", "state", "version"}`` afterwards.

    Raises:
        NotFound, NotAllowed, VersionConflict, ClaimedByOther.
        NotPossibleNow: the action does not fit the state.
        InvalidInput: a reason, an answer, an agency or the proof is missing.
    """
    given = dict(payload or {})

    def run() -> dict[str, Any]:
        report = report_for(actor, uid)
        refuse_if_claimed(actor=actor, case=report.case)
        case = perform(actor, report, action, given, expected_version)
        return {"uid": str(case.uid), "state": case.state, "version": case.version}

    content = {"uid": str(uid), "action": action, "payload": given}
    return run_once(
        actor=actor, key=key, command="reports.act", content=content, act=run, only_rows=True
    )


def may_handle(actor: Actor, case: Case) -> bool:
    """Whether the actor works at the unit that holds the report, or at the triage desk."""
    holder, desk = case.holder_agency_id, case.receiving_agency_id
    return allowed(actor, HANDLE, agency_id=holder) or allowed(actor, OPERATE, agency_id=desk)


def perform(
    actor: Actor,
    report: Report,
    action: str,
    payload: Mapping[str, Any],
    expected_version: int | None = None,
) -> Case:
    """The act inside the caller's transaction; errors as for :func:`act_on_report`."""
    chosen = ACTIONS.get(action)
    if chosen is None or not may_handle(actor, report.case):
        raise NotAllowed
    if expected_version is not None and expected_version != report.case.version:
        raise VersionConflict
    if report.case.state not in chosen.sources:
        raise NotPossibleNow
    step = Step(actor, report, chosen, payload, now(), to=chosen.to)
    proof = _check(step)
    with gathering(known_end(report.case)):
        return _do(step, proof)


def _check(step: Step) -> list[Attachment]:
    """What is missing, each at its place; the proof that came along."""
    wrong: dict[str, Bilingual] = {}
    need = step.action.text
    if need and len(step.text("text")) < 3:
        wrong["text"] = _TEXTS[need]
    if step.action.needs_agency:
        _choose_agency(step, wrong)
    proof: list[Attachment] = []
    if step.action.takes_proof and (key := step.text("draft_key")):
        proof = list(draft_attachments(step.actor, key))
    if step.action.id == "resolve" and not proof and _lacks_proof(step.report):
        wrong["proof"] = Bilingual(
            "Lĩnh vực này cần ảnh hoặc văn bản chứng minh đã xử lý xong.",
            "This category needs a photo or document that shows it is done.",
        )
    if step.action.id == "hand_on":
        step.data["kind"] = step.text("kind")
        if step.data["kind"] not in {"complaint", "denunciation"}:
            wrong["kind"] = Bilingual("Chọn khiếu nại hoặc tố cáo.", "Complaint or denunciation?")
    if wrong:
        raise InvalidInput(wrong)
    return proof


def _lacks_proof(report: Report) -> bool:
    """Whether the category wants proof and none was given with an earlier answer."""
    needed = category_of(report.category_id).needs_proof
    return needed and not report.photos.filter(role=Photo.Role.PROOF).exists()


def _choose_agency(step: Step, wrong: dict[str, Bilingual]) -> None:
    """The unit it goes to; after too many transfers, the triage desk."""
    desk = step.case.receiving_agency_id
    code = step.text("agency")
    target = acting_agency(code, local(step.at).date()) if code else None
    if code == "@desk":
        target = desk
    if target is None:
        wrong["agency"] = Bilingual("Chọn đơn vị nhận.", "Choose the unit that gets it.")
        return
    if target == step.case.holder_agency_id:
        wrong["agency"] = Bilingual("Đơn vị này đang giữ rồi.", "This unit holds it already.")
        return
    if step.action.id == "transfer":
        times = step.report.transfers + 1
        step.facts["transfers"] = times
        step.data["transfers"] = times
        if times >= PING_PONG and not allowed(step.actor, OPERATE, agency_id=desk):
            step.data |= {"ping_pong": True, "wished": target}
            target = desk
    if target == desk:
        step.to = "received"
    step.columns |= {
        "holder_agency_id": target,
        "competent_agency_id": target,
        "holder_role": "receiving_clerk" if target == desk else "case_officer",
        "assignee_id": None,
        "claimed_by_id": None,
        "claimed_until": None,
    }
    step.viewers.add(f"a:{target}")


def _do(step: Step, proof: list[Attachment]) -> Case:
    _run_clock(step)
    _remember(step)
    if proof:
        files = claim_drafts(
            actor=step.actor, draft_key=step.text("draft_key"), case_id=step.case.pk
        )
        insert(*(
            Photo(report_id=step.report.pk, attachment_id=file.pk, role=Photo.Role.PROOF)
            for file in files
        ))  # fmt: skip
        step.data["proof"] = len(files)
    if step.facts:
        update(Report, {"pk": step.report.pk}, step.facts)
        for name, value in step.facts.items():
            setattr(step.report, name, value)
    case = change_case(
        actor=step.actor,
        case=step.case,
        verb=f"reports.{step.action.id}",
        to_state=step.to or None,
        note=step.text("text"),
        public=step.action.public,
        data=step.data,
        ledger={"text": Private(step.text("text")), **step.data} if step.text("text") else {},
        viewers=step.viewers,
        at=step.at,
        **step.columns,
    )
    told = {"case_id": case.pk, "action": step.action.id, "state": case.state,
            "version": case.version}  # fmt: skip
    emit("reports.acted", str(case.uid), told)
    return case


def _remember(step: Step) -> None:
    """What the report's own row keeps of the act."""
    text, act = step.text("text"), step.action.id
    if act in ANSWERS:
        step.facts["status_note"] = text
    if act in {"reply", "resolve", "refuse"}:
        step.facts["replied_at"] = step.report.replied_at or step.at
    if act == "resolve":
        step.facts["resolved_at"] = step.at
        step.columns["decided_at"] = step.at
    if act == "hand_on":
        # What a complaint or denunciation says is nobody else's to read.
        step.facts |= {"hidden": True, "sounds_like": step.data["kind"]}


def _run_clock(step: Step) -> None:
    if step.action.clock and (due := run_clock(step.actor, step.case, step.action.clock,
                                               step.text("text"), step.at)):  # fmt: skip
        step.columns |= {"due_at": due.at, "clock_state": due.state}
    elif step.case.clock_state == "paused" and step.to not in {"", "waiting"}:
        # Leaving the pause by another way than "go on" ends it all the same.
        due = run_clock(step.actor, step.case, "resume", "", step.at)
        if due:
            step.columns |= {"due_at": due.at, "clock_state": due.state}


def run_clock(actor: Actor, case: Case, what: str, reason: str, at: dt.datetime) -> Due | None:
    """One act on the report's clock; None when it has none or it does not fit."""
    fits = {
        "suspend": {"running"},
        "resume": {"paused"},
        "stop": {"running", "paused"},
        "restart": {"running", "paused", "stopped"},
    }
    if case.clock_state not in fits[what] or not (entries := entries_of(case.pk)):
        return None
    do = {"suspend": suspend, "resume": resume, "stop": stop, "restart": restart}[what]
    words = reason or ("Mở lại" if what == "restart" else "")
    return do(actor=actor, case_id=case.pk, at=at, entries=entries, reason=words, legal_basis=BASIS)
