"""Slips an official prints on demand: the control slip (06) and the yearly register (07)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from motcua.casework.access.public import Actor, require
from motcua.casework.cases.public import Case
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import CITY_ZONE, local, now
from motcua.subsystems.applications.dossiers import load_dossier
from motcua.subsystems.applications.services.slips import control_rows, order_slip
from motcua.subsystems.applications.services.steps import Step


@transaction.atomic
def print_control_slip(*, actor: Actor, uid: UUID | str) -> int:
    """Order form 06 of a dossier as it stands now; returns the slip's id."""
    dossier = load_dossier(actor, uid)
    case = dossier.case
    require(actor, "applications.print_slip")
    step = Step(actor, dossier, {}, now())
    moment = "minutes"
    order_slip(
        step,
        "06",
        {
            "dossier_code": case.code or "",
            "procedure": case.title,
            "lead": case.competent_agency.name,
            "received_at": local(case.received_at or case.opened_at).isoformat(timespec=moment),
            "due_at": local(case.due_at).isoformat(timespec=moment) if case.due_at else "",
            "steps": control_rows(case),
        },
        seq=0,
    )
    emit(
        "applications.slip_ordered",
        str(case.uid),
        {"case_id": case.pk, "slip_id": step.event["slip_id"]},
    )
    return int(step.event["slip_id"])


def register_cases(agency_id: int, year: int) -> QuerySet[Case]:
    """Every dossier a centre received in a year, in the order of form 07."""
    begin = dt.datetime(year, 1, 1, tzinfo=CITY_ZONE)
    end = dt.datetime(year + 1, 1, 1, tzinfo=CITY_ZONE)
    return (
        Case.objects.filter(
            kind="application",
            receiving_agency_id=agency_id,
            opened_at__gte=begin,
            opened_at__lt=end,
        )
        .select_related("applicant", "competent_agency")
        .order_by("opened_at", "pk")
    )
