"""What is filed when, by whom: drawn before anything is lived, the same on every run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from motcua.casework.access.public import Actor
from motcua.casework.calendar.public import WorkCalendar
from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.procedures.public import NoVersionInForce, version_in_force
from motcua.web.demo.answers import MAKERS, Asker
from motcua.web.demo.casting import Cast
from motcua.web.demo.city_plan import FLAGSHIP
from motcua.web.demo.fates import CROSSING, FATES, Fate
from motcua.web.demo.former import MERGER

RECENT = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Lot:
    """One filing as it was drawn: when, by whom, which procedure."""

    at: dt.datetime
    citizen: Actor
    asker: Asker
    procedure: str
    files: bool = False
    fate: Fate | None = None


def draw(
    cast: Cast,
    chance: Random,
    calendar: WorkCalendar,
    begin: dt.datetime,
    until: dt.datetime,
    dossiers: int,
    with_files: int,
) -> Iterator[Lot]:
    """Every filing in the order of time."""
    near = [pair for pair in cast.citizens if pair[1].commune == FLAGSHIP] or cast.citizens
    early = [pair for pair in cast.citizens if pair[1].commune in cast.former]
    known_early = _procedures_on(begin.astimezone(CITY_ZONE).date())
    fated = _fated(cast, chance, calendar, begin, until, keep=with_files > 0)
    lots: list[Lot] = []
    free = dossiers - len(fated)
    for place, at in enumerate(_moments(chance, begin, until, free, with_files)):
        recent = place >= free - with_files
        people = near if recent else cast.citizens
        codes, weights = _ALL
        if at < MERGER:
            people, (codes, weights) = early, known_early
        if not people or not codes:
            continue
        citizen, asker = chance.choice(people)
        lots.append(Lot(at, citizen, asker, chance.choices(codes, weights)[0], recent))
    yield from sorted([*lots, *fated], key=lambda lot: lot.at)


def _fated(
    cast: Cast,
    chance: Random,
    calendar: WorkCalendar,
    begin: dt.datetime,
    until: dt.datetime,
    *,
    keep: bool,
) -> list[Lot]:
    """One dossier for each state, and a few that the merger finds open."""
    near = [pair for pair in cast.citizens if pair[1].commune == FLAGSHIP] or cast.citizens
    moments = [(working_days_before(until, fate.days, calendar), fate) for fate in FATES.values()]
    if cast.former:
        days_before = (1, 1, 2, 3)
        moments += [(working_days_before(MERGER, n, calendar), CROSSING) for n in days_before]
    return [
        Lot(at, *chance.choice(near), fate.procedure, keep and at > until - RECENT, fate)
        for at, fate in moments
        if begin < at < until
    ]


def working_days_before(until: dt.datetime, days: int, calendar: WorkCalendar) -> dt.datetime:
    """The morning so many working days before a moment; a little before it for none."""
    if not days:
        return until - dt.timedelta(minutes=40)
    day = until.astimezone(CITY_ZONE).date()
    while days:
        day -= dt.timedelta(days=1)
        days -= calendar.is_working_day(day)
    return dt.datetime.combine(day, dt.time(8, 10), CITY_ZONE)


def _weights(codes: Sequence[str]) -> tuple[list[str], list[int]]:
    return list(codes), [MAKERS[code][1] for code in codes]


_ALL = _weights(list(MAKERS))


def _procedures_on(day: dt.date) -> tuple[list[str], list[int]]:
    """The procedures that had a version in force on a day; others cannot have been filed."""
    found: list[str] = []
    for code in MAKERS:
        try:
            version_in_force(code, day)
        except NoVersionInForce:
            continue
        found.append(code)
    return _weights(found)


def _moments(
    chance: Random, begin: dt.datetime, until: dt.datetime, count: int, recent: int
) -> list[dt.datetime]:
    """When dossiers are filed: more and more over the years, the recent ones in the last days."""
    days = min(RECENT, until - begin)
    span = (until - days - begin).total_seconds()
    far = (
        begin + dt.timedelta(seconds=int(chance.random() ** 0.8 * span))
        for _ in range(count - recent)
    )
    near = (
        until - dt.timedelta(seconds=int(chance.random() * days.total_seconds()))
        for _ in range(recent)
    )
    return [*sorted(far), *sorted(near)]
