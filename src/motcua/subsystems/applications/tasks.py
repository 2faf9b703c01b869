"""What follows from acts on dossiers after commit: slips, notices, the search index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import holders_of
from motcua.casework.cases.public import Case, corrections_of, kind_of
from motcua.casework.clock.public import CASE_TRACKS, due_of
from motcua.casework.notices.public import Recipient, notify
from motcua.casework.search.public import index
from motcua.foundation.errors import Bilingual
from motcua.foundation.outbox.public import EventMessage, subscribes
from motcua.foundation.timesource import now, today
from motcua.subsystems.applications.events import ACTS
from motcua.subsystems.applications.models import Application
from motcua.subsystems.applications.services.grouping import follow
from motcua.subsystems.applications.services.paid import (
    CHARGE_PAID,
    OBLIGATION_PAID,
    go_on_after_payment,
)
from motcua.subsystems.applications.services.slips import make_slip

TO_APPLICANT: Mapping[str, str] = {
    "submitted": "dossier.submitted",
    "accept": "dossier.accepted",
    "refuse": "dossier.refused",
    "request_supplement": "dossier.supplement_requested",
    "supplement": "dossier.supplement_received",
    "request_financial_obligation": "dossier.state_changed",
    "extend": "dossier.apology",
    "issue": "dossier.result_ready",
    "deliver": "dossier.result_delivered",
    "refuse_after_appraisal": "dossier.refused",
    "stop": "dossier.stopped",
    "stop_no_supplement": "dossier.stopped",
    "approve_withdrawal": "dossier.withdrawn",
}
TO_HOLDER: Mapping[str, str] = {
    "leader": "work.to_sign",
    "records_clerk": "work.to_seal",
    "consulted_officer": "work.consultation_asked",
}
HOW = {
    "online": Bilingual(
        "tải bản điện tử tại trang hồ sơ của bạn", "download it from the page of your dossier"
    ),
    "counter": Bilingual("nhận tại quầy đã nộp hồ sơ", "collect it at the centre where you filed"),
    "post": Bilingual("gửi qua dịch vụ bưu chính", "sent to you by post"),
}


@subscribes("applications.slip_ordered", "applications.slips")
def make_ordered_slip(event: EventMessage) -> None:
    """Make the form that an act ordered."""
    if slip_id := event.payload.get("slip_id"):
        make_slip(int(slip_id))


@subscribes("applications.slip_ordered", "applications.index")
def index_dossier(event: EventMessage) -> None:
    """Keep the dossier findable by code, applicant and procedure."""
    case = Case.objects.select_related("applicant").get(pk=event.payload["case_id"])
    viewers = list(case.visibility.values_list("viewer", flat=True))  # type: ignore[attr-defined]
    applicant = case.applicant.full_name if case.applicant else ""
    index(
        "application",
        str(case.uid),
        f"{case.code} {applicant}",
        case.title,
        viewers=viewers,
        data={"code": case.code, "title": case.title, "state": case.state, "who": applicant},
    )


@subscribes("applications.slip_ordered", "applications.notices")
def tell_people(event: EventMessage) -> None:
    """Tell the applicant, and the officials whose turn it is now."""
    case = Case.objects.select_related(
        "applicant", "competent_agency", "receiving_agency", "holder_agency"
    ).get(pk=event.payload["case_id"])
    verb = str(event.payload.get("verb", ""))
    key = f"{verb}:{case.uid}:{event.id}"
    withdrawn = verb == "withdraw" and case.state == "withdrawn"
    template = "dossier.withdrawn" if withdrawn else TO_APPLICANT.get(verb)
    if template:
        _tell_applicant(case, template, key)
    if verb == "deliver":
        _tell_applicant(case, "dossier.rating_asked", f"rate:{case.uid}")
    _tell_officials(case, verb, event.payload, key)


def _facts(case: Case, application: Application) -> dict[str, Any]:
    last = case.changes.order_by("-seq").first()  # type: ignore[attr-defined]
    corrections = corrections_of(case)
    items = corrections[-1].items.all() if corrections else []
    first = due_of(case.pk, "first_answer")
    extensions = case.changes.filter(verb="applications.extend").order_by("-seq").first()  # type: ignore[attr-defined]
    state = kind_of(case.kind).by_id[case.state].name
    return {
        "code": case.code or "",
        "procedure": Bilingual(case.title, case.title_en or case.title),
        "agency": Bilingual(case.competent_agency.name, case.competent_agency.name_en),
        "answer_by": first.at or case.opened_at,
        "due": case.due_at or now(),
        "old_due": (extensions.data.get("old_due") if extensions else "") or "",
        "request": "\n".join(f"- {item.label}: {item.reason}" for item in items),
        "reason": last.note if last else "",
        "basis": application.refusal_basis or "—",
        "state": state,
        "how": HOW[application.delivery],
        "at": case.closed_at or now(),
        "question": last.note if last else "",
        "step": state,
    }


def _link(case: Case) -> str:
    return f"/ho-so/{case.uid}/"


def _tell_applicant(case: Case, template: str, key: str) -> None:
    application = Application.objects.get(pk=case.pk)
    parties = {case.applicant_id, case.submitter_id} - {None}
    notify(
        actor=SYSTEM,
        template=template,
        recipients=[Recipient(party_id=p, language=application.language) for p in parties],
        case_id=case.pk,
        data=_facts(case, application),
        link=_link(case),
        dedupe_key=f"{template}:{key}"[:110],
    )


def _tell_officials(case: Case, verb: str, payload: Mapping[str, Any], key: str) -> None:
    template, accounts = _whose_turn(case, verb, payload)
    if not template:
        return
    application = Application.objects.get(pk=case.pk)
    notify(
        actor=SYSTEM,
        template=template,
        recipients=[Recipient(account_id=account) for account in accounts],
        case_id=case.pk,
        data=_facts(case, application),
        link=f"/console/ho-so/{case.uid}/",
        dedupe_key=f"{template}:{key}"[:110],
    )


def _whose_turn(case: Case, verb: str, payload: Mapping[str, Any]) -> tuple[str, Iterable[int]]:
    if verb == "assign" and payload.get("officer_id"):
        return "work.assigned", [int(payload["officer_id"])]
    if verb == "return_for_rework" and case.assignee_id:
        return "work.returned", [case.assignee_id]
    if verb == "supplement" and case.assignee_id:
        return "work.supplement_received", [case.assignee_id]
    template = TO_HOLDER.get(case.holder_role, "")
    if not template or case.holder_agency_id is None or verb == "deliver":
        return "", []
    holders = holders_of(case.holder_agency_id, case.holder_role, today())
    return template, [membership.account_id for membership in holders]


@subscribes("clock.due_moved", "applications.due_moved")
def tell_of_moved_date(event: EventMessage) -> None:
    """Tell the applicant when a change of the calendar moved the date of return."""
    case = Case.objects.select_related("competent_agency", "applicant").get(
        pk=event.payload["case_id"]
    )
    if case.kind != "application" or event.payload.get("track") not in CASE_TRACKS:
        return
    application = Application.objects.get(pk=case.pk)
    facts = _facts(case, application) | {
        "old_due": dt.datetime.fromisoformat(event.payload["old"]),
        "due": dt.datetime.fromisoformat(event.payload["new"]),
    }
    parties = {case.applicant_id, case.submitter_id} - {None}
    notify(
        actor=SYSTEM,
        template="dossier.due_moved",
        recipients=[Recipient(party_id=p, language=application.language) for p in parties],
        case_id=case.pk,
        data=facts,
        link=_link(case),
        dedupe_key=f"due-moved:{event.id}",
    )


@subscribes("applications.slip_ordered", "applications.groups")
def follow_group(event: EventMessage) -> None:
    """Bring the group of a dossier into line: open what waited for its result, derive its state."""
    case = Case.objects.only("parent_id").get(pk=event.payload["case_id"])
    if case.parent_id is not None:
        follow(case.parent_id)


for _verb in ACTS:
    _topic = f"applications.{_verb}"
    subscribes(_topic, "applications.slips")(make_ordered_slip)
    subscribes(_topic, "applications.index")(index_dossier)
    subscribes(_topic, "applications.notices")(tell_people)
    subscribes(_topic, "applications.groups")(follow_group)


@subscribes("payments.collected", "applications.fee_paid")
def go_on_when_paid(event: EventMessage) -> None:
    """A dossier that waits for its charge goes on by itself when the charge is paid."""
    go_on_after_payment(int(event.payload["case_id"]), CHARGE_PAID)


@subscribes("payments.obligation_paid", "applications.obligation_paid")
def go_on_when_met(event: EventMessage) -> None:
    """A dossier that waits for money of another law goes on once all of it is proved paid."""
    met_at = dt.datetime.fromisoformat(event.payload["settled_at"])
    go_on_after_payment(int(event.payload["case_id"]), OBLIGATION_PAID, met_at)
