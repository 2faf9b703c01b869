"""What the board shows, from the roll-up; only what is due today is counted from the cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, Sum

from motcua.casework.access.public import Actor, visible_to
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case
from motcua.casework.people.public import Account
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import CITY_ZONE, now
from motcua.subsystems.applications.public import APPLICATION
from motcua.subsystems.supervision.models import LoadCell, QualityDay
from motcua.subsystems.supervision.reach import led_by, require_unit, whole_city

DAYS = 30
BARS = 12
LATEST = 50
NOBODY = Bilingual("Chưa phân công", "Not assigned")


@dataclass(frozen=True, slots=True)
class Load:
    """Open cases of an agency or officer. ``near``: due today or tomorrow, not late."""

    key: int = 0
    code: str = ""
    name: Bilingual = NOBODY
    open: int = 0
    late: int = 0
    near: int = 0
    week: int = 0
    rework: int = 0
    second: int = 0
    satisfaction: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart, in units of its drawing."""

    y: int
    name: Bilingual
    late: int
    width: int


@dataclass(frozen=True, slots=True)
class Board:
    """The rows with the worst first, their sum, and the chart beside them."""

    rows: Sequence[Load]
    total: Load
    bars: Sequence[Bar]
    height: int
    agency: Agency | None = None
    latest: Sequence[Case] = ()


def _loads(by: str, scope: Q, at: dt.datetime) -> dict[int, Load]:
    """Two statements: the roll-up, and the late ones among what is due today."""
    day = at.astimezone(CITY_ZONE).date()
    sunday = day + dt.timedelta(days=6 - day.weekday())
    tomorrow = day + dt.timedelta(days=1)
    cells = LoadCell.objects.filter(scope).order_by().values_list(by)
    found = {
        key: Load(key=key, open=n or 0, late=late or 0, near=near or 0, week=week or 0)
        for key, n, late, near, week in cells.annotate(
            open=Sum("n"),
            late=Sum("n", filter=Q(due_on__lt=day)),
            near=Sum("n", filter=Q(due_on__gte=day, due_on__lte=tomorrow)),
            week=Sum("n", filter=Q(due_on__gte=day, due_on__lte=sunday)),
        )
        if n
    }
    midnight = dt.datetime.combine(day, dt.time(), CITY_ZONE)
    column = {"agency_id": "holder_agency_id", "officer": "assignee_id"}[by]
    held = Q(*[(f"holder_{k}", v) for k, v in scope.children])  # type: ignore[misc]
    today = Case.objects.filter(
        held, kind=APPLICATION.code, is_open=True, clock_state="running",
        sort_due__gte=midnight, sort_due__lt=at,
    )  # fmt: skip
    for key, n in today.order_by().values_list(column).annotate(n=Count("id")):
        row = found.get(key or 0)
        if row is not None:
            found[key or 0] = replace(row, late=row.late + n, near=row.near - n, week=row.week - n)
    return found


def _quality(scope: Q, at: dt.datetime) -> dict[int, dict[str, Any]]:
    since = at.astimezone(CITY_ZONE).date() - dt.timedelta(days=DAYS)
    rows = QualityDay.objects.filter(scope, day__gt=since).order_by().values("agency_id")
    return {
        row["agency_id"]: row
        for row in rows.annotate(
            r=Sum("rework"), s=Sum("second"), n=Sum("ratings"), sum=Sum("rating_sum")
        )
    }


def _with_quality(row: Load, found: dict[str, Any]) -> Load:
    score = f"{found['sum'] / found['n']:.1f}" if found.get("n") else ""
    return replace(row, rework=found.get("r") or 0, second=found.get("s") or 0, satisfaction=score)


def _total(rows: Sequence[Load]) -> Load:
    return Load(
        open=sum(row.open for row in rows),
        late=sum(row.late for row in rows),
        near=sum(row.near for row in rows),
        week=sum(row.week for row in rows),
        rework=sum(row.rework for row in rows),
        second=sum(row.second for row in rows),
    )


def _board(rows: list[Load], **more: Any) -> Board:
    rows.sort(key=lambda row: (-row.late, -row.open, row.code, row.key))
    most = max((row.late for row in rows), default=0)
    bars = [
        Bar(28 * n, row.name, row.late, max(1, 300 * row.late // most))
        for n, row in enumerate(rows[:BARS])
        if row.late
    ]
    return Board(rows, _total(rows), bars, 28 * len(bars), **more)


def board(actor: Actor) -> Board:
    """All agencies open to the actor with open cases. Four statements.

    Raises:
        NotFound: the actor leads nothing.
    """
    at, led = now(), led_by(actor)
    if not whole_city(actor) and not led:
        raise NotFound
    scope = Q() if whole_city(actor) else Q(agency_id__in=sorted(led))
    loads, quality = _loads("agency_id", scope, at), _quality(scope, at)
    named = Agency.objects.filter(pk__in=loads).values_list("pk", "code", "name", "name_en")
    rows = [
        _with_quality(replace(loads[pk], code=code, name=Bilingual(vi, en)), quality.get(pk, {}))
        for pk, code, vi, en in named
    ]
    return _board(rows)


def agency_board(actor: Actor, code: str) -> Board:
    """One agency by officer, with its latest cases. Five statements.

    Raises:
        NotFound: absent, or not open to the actor.
    """
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise NotFound
    require_unit(actor, agency.pk)
    at, scope = now(), Q(agency_id=agency.pk)
    loads = _loads("officer", scope, at)
    names = dict(Account.objects.filter(pk__in=loads).values_list("pk", "display_name"))
    rows = [
        replace(row, name=Bilingual(names[key], names[key]) if key in names else NOBODY)
        for key, row in loads.items()
    ]
    late = Case.objects.filter(
        visible_to(actor), kind=APPLICATION.code, is_open=True, clock_state="running",
        holder_agency=agency, sort_due__lt=at,
    ).order_by("sort_due", "id")  # fmt: skip
    made = _board(rows, agency=agency, latest=list(late[:LATEST]))
    return replace(made, total=_with_quality(made.total, _quality(scope, at).get(agency.pk, {})))
