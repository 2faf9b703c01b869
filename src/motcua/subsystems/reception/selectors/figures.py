"""A day of the hall in numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Max, Q

from motcua.casework.access.public import Actor, allowed
from motcua.casework.agencies.public import Agency
from motcua.foundation.errors import NotAllowed
from motcua.subsystems.reception.manifest import SERVE
from motcua.subsystems.reception.models import Ticket, TicketRating

State = Ticket.State
FEW_RATINGS = 5
"""Below so many, totals of ratings are not shown: they would point at persons."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day of the hall in numbers, minutes rounded."""

    day: dt.date
    issued: int
    served: int
    missed: int
    waiting: int
    wait_mean: float | None
    wait_max: float | None
    service_mean: float | None
    by_counter: Sequence[Mapping[str, Any]]
    ratings: Mapping[int, int]
    reasons: Mapping[str, int]


def day_figures(actor: Actor, agency: Agency, day: dt.date) -> DayFigures:
    """Waiting and serving times and the satisfaction of one day. Three statements.

    Raises:
        NotAllowed: the actor does not serve at this centre.
    """
    if not allowed(actor, SERVE, agency_id=agency.pk):
        raise NotAllowed
    of_day = Ticket.objects.filter(agency=agency, day=day)
    waited, served = F("called_at") - F("issued_at"), F("ended_at") - F("began_at")
    done = Q(state=State.DONE)
    total = of_day.aggregate(
        issued=Count("pk"),
        served=Count("pk", filter=done),
        missed=Count("pk", filter=Q(state=State.MISSED)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        wait_mean=Avg(waited),
        wait_max=Max(waited),
        service_mean=Avg(served, filter=done),
    )
    rows = (
        of_day.filter(counter__isnull=False)
        .values("counter__number")
        .annotate(served=Count("pk", filter=done), mean=Avg(served, filter=done))
        .order_by("counter__number")
    )
    ratings = list(
        TicketRating.objects.filter(ticket__agency=agency, ticket__day=day).values_list(
            "score", "reasons"
        )
    )
    shown = ratings if len(ratings) >= FEW_RATINGS else []
    return DayFigures(
        day=day,
        issued=total["issued"],
        served=total["served"],
        missed=total["missed"],
        waiting=total["waiting"],
        wait_mean=_minutes(total["wait_mean"]),
        wait_max=_minutes(total["wait_max"]),
        service_mean=_minutes(total["service_mean"]),
        by_counter=[
            {"number": r["counter__number"], "served": r["served"], "mean": _minutes(r["mean"])}
            for r in rows
        ],
        ratings=Tally(score for score, _reasons in shown),
        reasons=Tally(reason for _score, reasons in shown for reason in reasons),
    )


def _minutes(span: dt.timedelta | None) -> float | None:
    return round(span.total_seconds() / 60, 1) if span is not None else None
