"""Every change of the calendar. A change is appended, told, and never moves a date by itself.

The legal clock listens to the events and recomputes open due dates (see casework/clock).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from motcua.casework.access.public import Actor, declare_permission, require
from motcua.casework.calendar.building import parse_slots
from motcua.casework.calendar.models import CalendarDay, CalendarVersion, OpeningHours
from motcua.casework.calendar.seed import (
    FIRST_YEAR,
    LAST_YEAR,
)
from motcua.casework.calendar.selectors import forget_calendars
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.ids import new_uid
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now

CHANGE = "calendar.change"
DAY_CHANGED = "calendar.day_changed"
HOURS_CHANGED = "calendar.hours_changed"

declare_permission(
    CHANGE,
    "Thay đổi lịch làm việc và giờ làm việc",
    "Change the working calendar and opening hours",
    roles=["administrator", "supervisor"],
)

_REQUIRED = Bilingual("Phải ghi nội dung này.", "This is required.")


@dataclass(frozen=True, slots=True)
class DayChange:
    """What a date becomes. ``agency_id`` ``None`` means the whole city."""

    day: dt.date
    kind: str
    name: Bilingual
    agency_id: int | None = None
    swapped_with: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Why: reason, legal basis, the date decided, and whether dates may be brought forward."""

    reason: str
    legal_basis: str
    decided_on: dt.date | None = None
    confirm_earlier: bool = False
    status: str = field(default="decided")


def change_calendar_day(
    *,
    actor: Actor,
    day: dt.date,
    kind: str,
    name: Bilingual,
    reason: str,
    legal_basis: str,
    agency_id: int | None = None,
    decided_on: dt.date | None = None,
    confirm_earlier: bool = False,
) -> CalendarDay:
    """Record what one date becomes; see :func:`change_calendar_days`."""
    change = DayChange(day, kind, name, agency_id)
    decision = Decision(reason, legal_basis, decided_on, confirm_earlier)
    return change_calendar_days(actor=actor, changes=[change], decision=decision)[0]


def change_calendar_days(
    *, actor: Actor, changes: Sequence[DayChange], decision: Decision
) -> list[CalendarDay]:
    """Record what several dates become, as one act (a swap is two dates).

    Open due dates that lie beyond the first of the dates are recomputed by a job.
    A date that would come earlier is only proposed unless
    ``decision.confirm_earlier``. Kinds: holiday, swap_off, makeup, local_off,
    ordinary (takes an earlier row back).

    Raises:
        NotAllowed: the actor may not change the calendar.
        InvalidInput: reason, legal basis or a date is missing or impossible.
    """
    for change in changes:
        require(actor, CHANGE, agency_id=change.agency_id)
    _check(changes, decision)
    with transaction.atomic():
        rows = _append(actor, changes, decision)
        tell(actor, DAY_CHANGED, [row.date for row in rows], _agencies(rows), decision)
    return rows


def set_opening_hours(
    *,
    actor: Actor,
    agency_id: int | None,
    weekday: int,
    slots: Sequence[Sequence[str]],
    valid_from: dt.date,
    reason: str,
    legal_basis: str,
    accepts: bool = True,
    returns: bool = True,
    counts_for_deadline: bool = True,
    valid_to: dt.date | None = None,
) -> OpeningHours:
    """Record the hours of a weekday (Monday = 0) from a date.

    ``slots`` are spans like ``[["07:30", "11:30"]]``; none means closed. Open due
    dates are recomputed by a job. Raises NotAllowed, InvalidInput.
    """
    require(actor, CHANGE, agency_id=agency_id)
    decision = Decision(reason, legal_basis)
    _check([], decision)
    _check_hours(weekday, slots)
    with transaction.atomic():
        row = OpeningHours.objects.create(
            agency_id=agency_id,
            weekday=weekday,
            slots=[list(span) for span in slots],
            accepts=accepts,
            returns=returns,
            counts_for_deadline=counts_for_deadline,
            valid_from=valid_from,
            valid_to=valid_to,
            basis=legal_basis,
            recorded_at=now(),
            account_id=actor.account_id,
            actor_name=actor.name,
        )
        tell(actor, HOURS_CHANGED, [valid_from], [agency_id], decision)
    return row


def _check(changes: Sequence[DayChange], decision: Decision) -> None:
    fields: dict[str, Bilingual] = {}
    if not decision.reason.strip():
        fields["reason"] = _REQUIRED
    if not decision.legal_basis.strip():
        fields["legal_basis"] = _REQUIRED
    for change in changes:
        if change.kind not in CalendarDay.Kind.values:
            fields["kind"] = Bilingual("Loại ngày không hợp lệ.", "No such kind of day.")
        if change.kind == "makeup" and change.day.weekday() < 5:
            fields["day"] = Bilingual(
                "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.",
                "A make-up day must be a Saturday or a Sunday.",
            )
        check_year(change.day.year)
    if fields:
        raise InvalidInput(fields)


def _check_hours(weekday: int, slots: Sequence[Sequence[str]]) -> None:
    try:
        if slots:
            parse_slots(slots)
        if not 0 <= weekday <= 6:
            raise ValueError(weekday)
    except ValueError as error:
        words = Bilingual(
            "Giờ phải tăng dần, không chồng nhau, dạng 07:30–11:30.",
            "Times must ascend without overlap, like 07:30–11:30.",
        )
        raise InvalidInput({"slots": words}) from error


def check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        words = Bilingual(
            f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
            f"The year must be from {FIRST_YEAR} to {LAST_YEAR}.",
        )
        raise InvalidInput({"day": words})


def _append(actor: Actor, changes: Sequence[DayChange], decision: Decision) -> list[CalendarDay]:
    before = {
        (row.agency_id, row.date): row
        for row in CalendarDay.objects.filter(date__in=[change.day for change in changes]).order_by(
            "pk"
        )
    }
    rows = [
        CalendarDay(
            date=change.day,
            kind=change.kind,
            agency_id=change.agency_id,
            name_vi=change.name.vi,
            name_en=change.name.en,
            swapped_with=change.swapped_with,
            basis=decision.legal_basis,
            reason=decision.reason,
            status=decision.status,
            decided_on=decision.decided_on,
            recorded_at=now(),
            account_id=actor.account_id,
            actor_name=actor.name,
            supersedes=before.get((change.agency_id, change.day)),
        )
        for change in changes
    ]
    return CalendarDay.objects.bulk_create(rows)


def _agencies(rows: Sequence[CalendarDay]) -> list[int | None]:
    return list({row.agency_id for row in rows})


def tell(
    actor: Actor,
    topic: str,
    days: Sequence[dt.date],
    agencies: Sequence[int | None],
    decision: Decision,
) -> None:
    """New version, ledger entry and event, in the caller's transaction."""
    version, _ = CalendarVersion.objects.select_for_update().get_or_create(
        pk=1, defaults={"stamp": new_uid(), "changed_at": now()}
    )
    version.number += 1
    version.stamp = new_uid()
    version.changed_at = now()
    version.save(update_fields=["number", "stamp", "changed_at"])
    forget_calendars()
    facts: dict[str, Any] = {
        "days": sorted(day.isoformat() for day in days),
        "agencies": list(agencies),
        "reason": decision.reason,
        "legal_basis": decision.legal_basis,
        "confirm_earlier": decision.confirm_earlier,
        "version": version.number,
    }
    record(actor=actor, chain="calendar", verb=topic, after=facts)
    told = {**facts, "account_id": actor.account_id, "actor_name": actor.name}
    emit(topic, min(facts["days"]), told)
