"""Whom a filter finds: applicants, people with an appointment, officials. Each person once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Max, Q

from motcua.casework.access.public import Actor, visible_to
from motcua.casework.agencies.public import Agency, Membership, in_force_on
from motcua.casework.cases.public import Case
from motcua.foundation.timesource import CITY_ZONE, today
from motcua.subsystems.mass_notices.models import MassRecipient
from motcua.subsystems.mass_notices.rules import APPLICANTS, APPOINTMENTS, MOST_PEOPLE
from motcua.subsystems.reception.public import Appointment


def found(
    actor: Actor, agency: Agency, audience: str, chosen: dict[str, Any]
) -> list[MassRecipient]:
    """Unsaved recipients in a fixed order, each person once. At most two statements.

    Only cases open to the actor count; at most :data:`MOST_PEOPLE` + 1 are returned.
    """
    if audience == APPLICANTS:
        rows = _applicants(actor, agency, chosen)
    elif audience == APPOINTMENTS:
        rows = _appointments(agency, chosen)
    else:
        rows = _officials(agency, chosen)
    return list(rows)


def _applicants(actor: Actor, agency: Agency, chosen: dict[str, Any]) -> Iterator[MassRecipient]:
    at = Q(receiving_agency=agency) | Q(competent_agency=agency)
    cases = Case.objects.filter(visible_to(actor), at, is_open=True, applicant__isnull=False)
    if code := chosen.get("procedure", ""):
        cases = cases.filter(subject_code=code)
    newest = (
        cases.values("applicant_id", "applicant__account__language")
        .annotate(newest=Max("pk"))
        .order_by("applicant_id")
    )
    for row in newest[: MOST_PEOPLE + 1]:
        yield MassRecipient(
            party_id=row["applicant_id"],
            case_id=row["newest"],
            language=row["applicant__account__language"] or "vi",
        )


def _appointments(agency: Agency, chosen: dict[str, Any]) -> Iterator[MassRecipient]:
    day = dt.date.fromisoformat(chosen.get("day") or today().isoformat())
    begin = dt.datetime.combine(day, dt.time(), CITY_ZONE)
    rows = Appointment.objects.filter(
        agency=agency,
        state=Appointment.State.BOOKED,
        party__isnull=False,
        starts_at__gte=begin,
        starts_at__lt=begin + dt.timedelta(days=1),
    ).order_by("starts_at", "pk")
    seen: set[int] = set()
    for row in rows[: MOST_PEOPLE + 1]:
        if row.party_id is not None and row.party_id not in seen:
            seen.add(row.party_id)
            yield MassRecipient(party_id=row.party_id, at=row.starts_at, language=row.language)


def _officials(agency: Agency, chosen: dict[str, Any]) -> Iterator[MassRecipient]:
    on = today()
    within = Q(post__agency=agency) | Q(post__agency__parent=agency)
    held = Membership.objects.filter(in_force_on(on), in_force_on(on, "post__"), within)
    if role := chosen.get("role", ""):
        held = held.filter(post__role=role)
    accounts = held.values_list("account_id", "account__language").distinct()
    for account_id, language in accounts.order_by("account_id")[: MOST_PEOPLE + 1]:
        yield MassRecipient(account_id=account_id, language=language or "vi")
