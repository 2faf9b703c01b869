"""Due dates for programs: when a lawful period ends, and why."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from django.urls import path
from dmr import Query, modify

from motcua.casework.access.public import api_audience
from motcua.casework.calendar.public import OutsideCalendarError, calendar_for
from motcua.casework.clock.public import (
    ClockLine,
    Due,
    Limit,
    Why,
    limit_in_words,
    plan_start,
    span_in_words,
)
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.rest import Moment, PublicApi, refuses

Unit = Literal["hour", "working_hour", "working_day", "calendar_day", "same_day"]

COUNTING_BASIS = "Bộ luật Dân sự 91/2015/QH13, Điều 147, 148"


class DueQuery(msgspec.Struct, forbid_unknown_fields=True):
    """A period and when it starts."""

    start: Annotated[
        dt.datetime,
        msgspec.Meta(
            tz=True,
            description="When the valid dossier was accepted (RFC 3339; encode `+` as `%2B`).",
            examples=["2026-11-20T09:30:00+07:00"],
        ),
    ]
    unit: Unit
    amount: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1


class CountedStretch(msgspec.Struct):
    """One stretch of the counting."""

    start: Moment = msgspec.field(name="from")
    end: Moment | None = msgspec.field(name="to")
    counted: str
    why: str
    legal_basis: str


class DueFacts(msgspec.Struct):
    """When the period ends; ``provisional`` while that year's days off are not decided yet."""

    start: Moment
    limit: str
    due_at: Moment
    provisional: bool
    explanation: list[CountedStretch]


class DueDate(PublicApi):
    """When a lawful period ends."""

    @modify(extra_responses=refuses(406, 422), operation_id="getDueDate", tags=["calendar"])
    def get(self, parsed_query: Query[DueQuery]) -> DueFacts:
        """Count a lawful period on the city's ordinary working calendar."""
        asked = parsed_query
        limit = _limit(asked)
        due = _due(asked.start, limit)
        if due.at is None:
            raise ValueError("a clock that has just started has a due date")
        return DueFacts(
            start=asked.start,
            limit=self.say(limit_in_words(limit)),
            due_at=due.at,
            provisional=due.provisional,
            explanation=[_stretch(self, line) for line in due.lines],
        )


routes = [path("calendar/due", api_audience("public")(DueDate.as_view()), name="due")]


def _due(start: dt.datetime, limit: Limit) -> Due:
    """The standing of a clock that starts now and is never touched again."""
    why = Why(legal_basis=COUNTING_BASIS)
    try:
        return plan_start((), calendar=calendar_for(None), at=start, limit=limit, why=why).due
    except OverflowError:
        raise OutsideCalendarError(day=f"{start:%d/%m/%Y}") from None


def _limit(asked: DueQuery) -> Limit:
    if asked.unit == "same_day" and asked.amount != 1:
        raise InvalidInput(
            {"amount": Bilingual("Trong ngày thì chỉ là 1.", "The same day is always 1.")}
        )
    return Limit(asked.amount, asked.unit)


def _stretch(controller: PublicApi, line: ClockLine) -> CountedStretch:
    return CountedStretch(
        start=line.from_at,
        end=line.to_at,
        counted=controller.say(span_in_words(line.counted)),
        why=controller.say(line.why),
        legal_basis=line.legal_basis,
    )
