"""Whole years: the delivered table, proposals by the law's rule, and their confirmation."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor, require
from motcua.casework.calendar.models import CalendarDay
from motcua.casework.calendar.seed import LABOUR_CODE, computed_days, delivered_days
from motcua.casework.calendar.selectors import effective_days
from motcua.casework.calendar.services import (
    CHANGE,
    DAY_CHANGED,
    DayChange,
    Decision,
    change_calendar_days,
    check_year,
    tell,
)
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import now


def seed_calendar() -> int:
    """Make the delivered days rows that an officer can see and replace; how many were added.

    Safe to repeat: a date with any row of the city's stays as it is. Days that a
    newer delivery adds to a filled table are told like any change.
    """
    with transaction.atomic():
        known = set(CalendarDay.objects.filter(agency__isnull=True).values_list("date", flat=True))
        new = [row for row in delivered_days() if row.day not in known]
        rows = CalendarDay.objects.bulk_create(
            CalendarDay(
                date=row.day,
                kind=row.kind,
                name_vi=row.name.vi,
                name_en=row.name.en,
                swapped_with=row.swapped_with,
                basis=row.legal_basis,
                reason="Dữ liệu kèm theo phần mềm",
                status=row.status,
                recorded_at=now(),
                actor_name=SYSTEM.name,
            )
            for row in new
        )
        if rows and known:
            decision = Decision("Bổ sung dữ liệu kèm theo phần mềm", LABOUR_CODE)
            tell(SYSTEM, DAY_CHANGED, [row.date for row in rows], [None], decision)
    return len(rows)


def propose_year(*, actor: Actor, year: int) -> list[CalendarDay]:
    """Add the days the law's rule gives for ``year``, marked computed, not decided.

    Dates that already have a row stay as they are. Raises NotAllowed, InvalidInput.
    """
    require(actor, CHANGE)
    check_year(year)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    known = {row.date for row in effective_days(None, first=first, last=last)}
    changes = [
        DayChange(row.day, row.kind, row.name)
        for row in computed_days(year)
        if row.day not in known
    ]
    if not changes:
        return []
    decision = Decision(
        "Dự kiến theo quy định, chờ quyết định của cơ quan có thẩm quyền",
        LABOUR_CODE,
        status="computed",
    )
    return change_calendar_days(actor=actor, changes=changes, decision=decision)


def decide_year(
    *, actor: Actor, year: int, legal_basis: str, decided_on: dt.date
) -> list[CalendarDay]:
    """Confirm the computed days of ``year`` as decided; dates do not change.

    Raises NotAllowed, InvalidInput.
    """
    require(actor, CHANGE)
    check_year(year)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    changes = [
        DayChange(row.date, row.kind, Bilingual(row.name_vi, row.name_en), None, row.swapped_with)
        for row in effective_days(None, first=first, last=last)
        if row.status == "computed"
    ]
    if not changes:
        return []
    decision = Decision("Có quyết định chính thức", legal_basis, decided_on)
    return change_calendar_days(actor=actor, changes=changes, decision=decision)
