"""Who gets which case: pure decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WAYS = ("round_robin", "load", "field")
MOST = 500
"""Cases in one distribution: what a head can still look through."""
NEAR = dt.timedelta(days=1)
SOON = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case without an officer. ``parties`` are the people it is about."""

    case_id: int
    subject: str
    due: dt.datetime | None = None
    parties: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who may get cases: the present load, what was handled, who it is as a citizen."""

    account_id: int
    load: int = 0
    subjects: frozenset[str] = frozenset()
    party_id: int | None = None


def weight(due: dt.datetime | None, at: dt.datetime) -> int:
    """What an open case counts: 3 when late or due within a day, 2 within three days, else 1."""
    if due is None or due > at + SOON:
        return 1
    return 3 if due <= at + NEAR else 2


def share(
    cases: Iterable[Waiting],
    officers: Sequence[Officer],
    way: str,
    at: dt.datetime,
    last: int | None = None,
) -> dict[int, int | None]:
    """Give each case an officer, the most urgent first; None where nobody fits.

    Nobody gets a case about themselves (Luật Cán bộ, công chức: conflict of interest).

    Args:
        way: ``round_robin`` (in turn, after ``last``), ``load`` (to the lightest load) or
            ``field`` (the lightest load among those who handle the subject).
        last: the account that got the last case before.

    Returns:
        Account id, or None, for each case id.
    """
    loads = {one.account_id: one.load for one in officers}
    turn = [one.account_id for one in officers]
    given: dict[int, int | None] = {}
    for case in sorted(cases, key=lambda c: (c.due is None, c.due or at, c.case_id)):
        fit = [one for one in officers if _may(one, case, way)]
        chosen = _next(fit, turn, last) if way == "round_robin" else _lightest(fit, loads)
        given[case.case_id] = chosen
        if chosen is not None:
            last = chosen
            loads[chosen] += weight(case.due, at)
    return given


def _may(officer: Officer, case: Waiting, way: str) -> bool:
    if officer.party_id is not None and officer.party_id in case.parties:
        return False
    return way != "field" or case.subject in officer.subjects


def _lightest(fit: Sequence[Officer], loads: Mapping[int, int]) -> int | None:
    ids = [one.account_id for one in fit]
    return min(ids, key=lambda one: (loads[one], one)) if ids else None


def _next(fit: Sequence[Officer], turn: Sequence[int], last: int | None) -> int | None:
    ids = {one.account_id for one in fit}
    begin = turn.index(last) + 1 if last in turn else 0
    return next((one for one in [*turn[begin:], *turn[:begin]] if one in ids), None)


def overlaps(a: tuple[dt.date, dt.date], b: tuple[dt.date, dt.date]) -> bool:
    """Whether two spans of days (both ends included) share a day."""
    return a[0] <= b[1] and b[0] <= a[1]
