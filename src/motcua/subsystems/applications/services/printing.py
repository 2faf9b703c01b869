"""Slips an official prints on demand: the control slip (06) and the yearly register (07)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from motcua.casework.access.public import SYSTEM, Actor, require
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import Draft, IssuedDocument, issue
from motcua.casework.ledger.public import record
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


def register_rows(agency_id: int, year: int) -> list[dict[str, str]]:
    """The rows of form 07 as its layout takes them. One statement."""

    def day(moment: dt.datetime | None) -> str:
        return local(moment).date().isoformat() if moment else ""

    return [
        {
            "dossier_code": case.code or "",
            "procedure": case.title,
            "owner": case.applicant.full_name if case.applicant else "",
            "agency": case.competent_agency.name,
            "received_on": day(case.received_at or case.opened_at),
            "due_on": day(case.due_at),
            "returned_on": day(case.closed_at),
            "method": case.channel,
        }
        for case in register_cases(agency_id, year)
    ]


@transaction.atomic
def print_register(*, actor: Actor, agency_id: int, year: int) -> IssuedDocument:
    """Make form 07 of a centre and year, numbered and sealed.

    The centre issues it, not the clerk who asks; who asked stands in the ledger.
    """
    require(actor, "applications.print_slip", agency_id=agency_id)
    rows = register_rows(agency_id, year)
    record(
        actor=actor,
        chain=f"registers:{agency_id}",
        verb="applications.print_register",
        after={"year": year, "rows": len(rows)},
    )
    return issue(
        actor=SYSTEM,
        draft=Draft(
            template="forms/07",
            agency_id=agency_id,
            data={"year": year, "opened_on": f"{year}-01-01", "rows": rows},
            register="phieu-07",
        ),
    )
