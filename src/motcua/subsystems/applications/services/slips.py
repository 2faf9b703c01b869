"""The seven one-stop forms: ordered in the act's transaction, made by the worker after it.

Source: Thông tư 03/2025/TT-VPCP, Phụ lục I.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import carried_on_by
from motcua.casework.cases.public import Case, Correction
from motcua.casework.clock.public import Due, Limit, limit_in_words
from motcua.casework.issuing.public import Draft, issue
from motcua.foundation.money import format_dong
from motcua.foundation.statements import insert, insert_numbered
from motcua.foundation.timesource import local, today
from motcua.subsystems.applications.models import Application, Slip
from motcua.subsystems.procedures.public import Paper, components_for

if TYPE_CHECKING:
    from motcua.subsystems.applications.services.steps import Step

BY_COMPETENT_AGENCY = frozenset({"04", "05", "06"})
CHANNELS = {"online": "Trực tuyến", "counter": "Trực tiếp", "post": "Dịch vụ bưu chính"}


def order_slip(step: Step, form: str, data: Mapping[str, Any], *, seq: int = 1) -> None:
    """Order one of the forms; the event of the act lets the worker make it. One statement.

    Its content is fixed now, so that the slip says what was true when it was ordered.

    Args:
        seq: which of its kind it is for the dossier; 0 takes the next number.
    """
    slip = Slip(
        case=step.case,
        form=form,
        seq=seq,
        data=json.dumps(dict(data), ensure_ascii=False),
        ordered_at=step.at,
    )
    if seq:
        insert(slip)
    else:
        insert_numbered(slip, "seq", within=("case_id", "form"))
    step.event["slip_id"] = slip.pk


def make_slip(slip_id: int) -> None:
    """Render, number and seal an ordered slip. Safe to repeat: made once."""
    with transaction.atomic():
        slip = (
            Slip.objects.select_for_update(of=("self",))
            .select_related("case__competent_agency", "case__receiving_agency")
            .get(pk=slip_id)
        )
        if slip.document_id is not None:
            return
        case = slip.case
        agency = (
            case.competent_agency if slip.form in BY_COMPETENT_AGENCY else case.receiving_agency
        )
        slip.document = issue(
            actor=SYSTEM,
            draft=Draft(
                template=f"forms/{slip.form}",
                # A merged agency has neither seal nor register: its successor makes the slip.
                agency_id=carried_on_by(agency, today()),
                data=json.loads(slip.data),
                register=f"phieu-{slip.form}",
                title=slip.get_form_display(),
                case_id=case.pk,
                as_of=slip.ordered_at,
            ),
        )
        slip.save(update_fields=["document"])


def _moment(moment: dt.datetime | None) -> str:
    return local(moment).isoformat(timespec="minutes") if moment else ""


def _person(party: Any) -> dict[str, str]:
    if party is None:
        return {}
    return {
        "name": party.full_name,
        "identity": party.identity_number,
        "address": party.address,
        "phone": party.phone,
        "email": party.email,
    }


HELPERS = {
    "representative": "Người được uỷ quyền",
    "post": "Nhân viên bưu chính",
    "volunteer": "Người hỗ trợ cộng đồng",
}


def helper_line(application: Application) -> str:
    """Who helped to file, for the slip; "" when nobody did."""
    if not application.helper_kind:
        return ""
    kind = HELPERS.get(application.helper_kind, application.helper_kind)
    parts = [application.helper_name, application.helper_organisation]
    return f"{kind}: " + ", ".join(part for part in parts if part)


def _common(step: Step) -> dict[str, Any]:
    case, centre = step.case, step.case.receiving_agency
    return {
        "dossier_code": case.code or "",
        "procedure": case.title,
        "submitter": _person(case.submitter),
        "owner": _person(case.applicant),
        "helper": helper_line(step.dossier.application),
        "contact": step.actor.name,
        "phone": centre.phone,
        "lookup": f"{settings.PUBLIC_URL.rstrip('/')}/tra-cuu/{case.code}",
    }


def _paper_row(paper: Paper, given: Mapping[str, Any], *, online: bool) -> dict[str, Any]:
    """A line of the table of papers: what was taken, counted by kind."""
    files = len(given.get("files", ()))
    if online and files:
        return {"name": paper.name.vi, "electronic": files}
    return {
        "name": paper.name.vi,
        "original": given.get("original", paper.original),
        "copy": given.get("copy", paper.copies),
    }


def receipt_data(step: Step, due: Due, *, phase_two: Due | None = None) -> dict[str, Any]:
    """Form 01: what was received, when it is due, where the result is returned.

    ``phase_two`` adds the dates of a second phase; the first keeps the day it was received.
    """
    dossier, case = step.dossier, step.case
    papers = components_for(
        dossier.package, dossier.answers, channel=case.channel, case=dossier.application.variant
    )
    given = dossier.application.papers
    limit = due.limit or Limit(1, "same_day")
    fee = step.application.get("fee_amount", dossier.application.fee_amount)
    place = {
        Application.Delivery.ONLINE: "Bản điện tử trên Cổng dịch vụ",
        Application.Delivery.COUNTER: case.receiving_agency.name,
        Application.Delivery.POST: "Qua dịch vụ bưu chính",
    }[Application.Delivery(dossier.application.delivery)]
    return {
        **_common(step),
        "counter": case.receiving_agency.name,
        "channel": CHANNELS.get(case.channel, case.channel),
        "papers": [
            _paper_row(p, given[p.id], online=case.channel == "online")
            for p in papers
            if given.get(p.id)
        ],
        "sets": 1,
        "limit": limit_in_words(limit).vi,
        "received_at": _moment(step.case.received_at if phase_two else step.at),
        "due_at": _moment(due.at),
        "phase_two_received_at": _moment(step.at) if phase_two else "",
        "phase_two_due_at": _moment(phase_two.at) if phase_two else "",
        "result_place": place,
        "fee": format_dong(fee),
    }


def supplement_data(step: Step, correction: Correction) -> dict[str, Any]:
    """Form 02: everything that is missing or wrong, at once."""
    items = correction.items.all()
    return {
        **_common(step),
        "problems": [
            {"name": i.label, "problem": i.get_problem_display(), "reason": i.reason} for i in items
        ],
        "answer_by": _moment(correction.answer_by),
    }


def refusal_data(step: Step, reason: str, basis: str) -> dict[str, Any]:
    """Form 03: why the dossier is not taken, and on what law."""
    return {**_common(step), "reason": reason, "basis": basis or "—"}


def apology_data(step: Step, old: dt.datetime | None, due: Due) -> dict[str, Any]:
    """Form 04: the apology, the reason and the new date; there is only one."""
    return {
        **_common(step),
        "received_at": _moment(step.case.received_at),
        "reason": step.note,
        "due_at": _moment(old),
        "new_due_at": _moment(due.at),
        "sequence": 1,
    }


def stop_data(step: Step, reason: str) -> dict[str, Any]:
    """Form 05: handling stops, why and since when."""
    return {
        **_common(step),
        "received_at": _moment(step.case.received_at or step.case.opened_at),
        "reason": reason,
        "stopped_at": _moment(step.at),
    }


def control_rows(case: Case) -> list[dict[str, str]]:
    """Form 06: who handed the dossier to whom, when."""
    from motcua.casework.cases.public import timeline

    rows = list(reversed(timeline(case, public_only=False)))
    return [
        {
            "unit": row.agency.name if row.agency else row.actor_title,
            "giver": before.actor_name if before else "",
            "receiver": row.actor_name,
            "at": _moment(row.at),
            "result": "",
            "note": row.note,
        }
        for before, row in zip([None, *rows[:-1]], rows, strict=True)
    ]
