"""When the calendar changes: bring promises into line, openly, one recorded row per case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from motcua.casework.access.public import SYSTEM, Actor, declare_permission, require
from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import Case, change_case
from motcua.casework.clock.models import ClockEntry
from motcua.casework.clock.planning import Plan, Why, plan_recompute
from motcua.casework.clock.rules import of_track
from motcua.casework.clock.selectors import entries_of, entries_of_many
from motcua.casework.clock.services import entry_row
from motcua.casework.clock.terms import CASE_TRACKS, MAIN, Due, Entry
from motcua.casework.clock.wording import moment_in_words
from motcua.foundation.errors import NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import CITY_ZONE, now

DUE_MOVED = "clock.due_moved"
EARLIER_PROPOSED = "clock.earlier_proposed"
BRING_FORWARD = "clock.bring_forward"
CHUNK = 200

declare_permission(
    BRING_FORWARD,
    "Xác nhận đưa hạn trả kết quả sớm hơn theo lịch",
    "Confirm that a due date comes earlier by the calendar",
    roles=["administrator", "supervisor", "leader", "centre_head"],
)


def recompute(
    *,
    actor: Actor,
    case_id: int,
    reason: str,
    legal_basis: str,
    confirm_earlier: bool = False,
    track: str = MAIN,
) -> Due | None:
    """Bring one case's promise into line with today's calendar; ``None`` when nothing changes.

    Records the row, the case's history and ledger, and emits ``clock.due_moved``;
    an earlier date is only proposed (``clock.earlier_proposed``) unless
    ``confirm_earlier``. Raises NotAllowed, NotFound.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None:
            raise NotFound
        if confirm_earlier:
            require(actor, BRING_FORWARD, agency_id=case.competent_agency.pk)
        why = Why(reason, legal_basis, actor_name=actor.name)
        plan = _plan(entries_of(case_id), track, why, confirm_earlier)
        if plan is None:
            return None
        _apply(actor, case, plan)
    return plan.due


def affected(change: Mapping[str, Any]) -> QuerySet[ClockEntry]:
    """The newest entry of every running clock due on or after the first changed day."""
    first = dt.date.fromisoformat(min(change["days"]))
    since = dt.datetime.combine(first, dt.time(), CITY_ZONE)
    newer = ClockEntry.objects.filter(
        case_id=OuterRef("case_id"), track=OuterRef("track"), seq__gt=OuterRef("seq")
    )
    rows = ClockEntry.objects.filter(~Exists(newer), state="running", due_at__gte=since)
    agencies = [agency for agency in change["agencies"] if agency is not None]
    if len(agencies) == len(change["agencies"]):
        rows = rows.filter(agency_id__in=agencies)
    return rows.order_by("pk")


def recompute_chunk(change: Mapping[str, Any], after: int) -> int | None:
    """Recompute the next cases of a calendar change; the key to go on from, ``None`` at the end.

    To be run in one transaction, again and again until ``None``. Repeating a chunk
    changes nothing, since a promise already in line yields no row.
    """
    rows = list(affected(change).filter(pk__gt=after)[:CHUNK])
    case_ids = sorted({row.case_id for row in rows})
    entries = entries_of_many(case_ids)
    cases = {case.pk: case for case in Case.objects.select_for_update().filter(pk__in=case_ids)}
    why = Why(change["reason"], change["legal_basis"], actor_name=change["actor_name"])
    for row in rows:
        plan = _plan(
            entries[row.case_id],
            row.track,
            why,
            bool(change["confirm_earlier"]),
            {"calendar_version": change["version"]},
        )
        if plan:
            _apply(SYSTEM, cases[row.case_id], plan)
            entries[row.case_id].append(plan.entry)
    return rows[-1].pk if len(rows) == CHUNK else None


def _plan(
    entries: Sequence[Entry],
    track: str,
    why: Why,
    confirm_earlier: bool,
    data: Mapping[str, Any] | None = None,
) -> Plan | None:
    mine = of_track(entries, track)
    if not mine:
        return None
    return plan_recompute(
        entries,
        calendar=calendar_for(mine[-1].agency_id),
        at=max(now(), mine[-1].at),
        why=why,
        confirm_earlier=confirm_earlier,
        data=data,
        track=track,
    )


def _apply(actor: Actor, case: Case, plan: Plan) -> None:
    """Write the row, mirror the date, tell: all in the caller's transaction."""
    entry = plan.entry
    entry_row(actor, case.pk, entry).save(force_insert=True)
    moved = entry.data["old"] != entry.data["new"]
    facts = {name: entry.data[name] for name in ("old", "proposed", "new")}
    facts |= {"track": entry.track, "reason": entry.reason, "legal_basis": entry.legal_basis}
    topic = DUE_MOVED if moved else EARLIER_PROPOSED
    columns: dict[str, Any] = {}
    if moved and entry.track in CASE_TRACKS:
        columns["due_at"] = entry.due_at
    change_case(
        actor=actor,
        case=case,
        verb=topic,
        note=_note(entry, moved),
        public=moved,
        data=facts,
        ledger=facts,
        **columns,
    )
    emit(topic, str(case.uid), {"case_id": case.pk, **facts})


def _note(entry: Entry, moved: bool) -> str:
    old, new = (
        moment_in_words(dt.datetime.fromisoformat(entry.data[name]))
        for name in ("old", "new" if moved else "proposed")
    )
    if moved:
        return f"Hạn chuyển từ {old} sang {new}. {entry.reason}"
    return f"Lịch mới cho phép hạn sớm hơn ({new}); vẫn giữ hạn đã hẹn {old}. {entry.reason}"
