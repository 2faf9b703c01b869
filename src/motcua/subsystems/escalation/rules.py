"""Rungs, which ladder holds, which rungs were passed and which one is told. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHARE, BEFORE, OVERDUE, AGAIN = "share", "before", "overdue", "again"
WHENS = (SHARE, BEFORE, OVERDUE, AGAIN)
OFFICER, HEAD, LEADER, SUPERVISOR = "officer", "head", "leader", "supervisor"
TOLD = (OFFICER, HEAD, LEADER, SUPERVISOR)
MOST_RUNGS = 10
LIMITS = {SHARE: (1, 99), BEFORE: (1, 30), OVERDUE: (0, 60), AGAIN: (1, 60)}


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung.

    Attributes:
        when: ``share`` (percent of the period used), ``before`` (working days before the due
            date), ``overdue`` (working days after it; 0: as it passes), ``again`` (each so many
            working days after it).
        amount: percent or working days.
        tell: of :data:`TOLD`, whom.
        explain: whether whoever handles the case is asked to say why it is late.
    """

    when: str
    amount: int
    tell: tuple[str, ...]
    explain: bool = False

    @property
    def key(self) -> str:
        """Names the rung in what was passed."""
        return f"{self.when}:{self.amount}"

    def stored(self) -> dict[str, Any]:
        """As kept in a row."""
        return {
            "when": self.when, "amount": self.amount, "tell": list(self.tell),
            "explain": self.explain,
        }  # fmt: skip

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Rung:
        """The inverse of :meth:`stored`."""
        return cls(
            str(stored["when"]), int(stored["amount"]), tuple(stored["tell"]),
            bool(stored.get("explain")),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder with the days and the cases it is for; an empty field or no agency: all."""

    rungs: tuple[Rung, ...]
    valid_from: dt.date
    field: str = ""
    agency_id: int | None = None
    recorded: int = 0

    @property
    def scope(self) -> tuple[int | None, str]:
        return self.agency_id, self.field


def faults_of(rungs: Sequence[Rung]) -> list[str]:
    """Codes of what is wrong with a ladder: ``none``, ``many``, ``twice``, ``amount``, ``tell``."""
    found: list[str] = []
    if not rungs:
        found.append("none")
    if len(rungs) > MOST_RUNGS:
        found.append("many")
    if len({rung.key for rung in rungs}) < len(rungs):
        found.append("twice")
    if sum(rung.when == AGAIN for rung in rungs) > 1:
        found.append("twice")
    for rung in rungs:
        low, high = LIMITS.get(rung.when, (1, 0))
        if not low <= rung.amount <= high:
            found.append("amount")
        if not rung.tell or set(rung.tell) - set(TOLD):
            found.append("tell")
    return list(dict.fromkeys(found))


def in_force(ladders: Iterable[Ladder], on: dt.date) -> dict[tuple[int | None, str], Ladder]:
    """The ladder of each scope on a day: the newest begun, of equals the one recorded last."""
    found: dict[tuple[int | None, str], Ladder] = {}
    for ladder in sorted(ladders, key=lambda one: (one.valid_from, one.recorded)):
        if ladder.valid_from <= on:
            found[ladder.scope] = ladder
    return found


def ladder_for(
    known: Mapping[tuple[int | None, str], Ladder], field: str, agency_id: int | None
) -> Ladder | None:
    """The most particular ladder: agency and field, agency, field, the city's."""
    for scope in ((agency_id, field), (agency_id, ""), (None, field), (None, "")):
        if scope in known:
            return known[scope]
    return None


@dataclass(frozen=True, slots=True)
class Point:
    """A rung at its moment."""

    key: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Fired:
    """What a look at a case finds: the rungs passed since, the one to tell, when to look again."""

    passed: tuple[Point, ...]
    next_at: dt.datetime | None

    @property
    def told(self) -> Point | None:
        """Only the highest is told, however many were passed while nobody looked."""
        return self.passed[-1] if self.passed else None


def fire(points: Iterable[Point], already: Iterable[str], at: dt.datetime) -> Fired:
    """The rungs passed at a moment that were not passed before.

    Args:
        points: the rungs at their moments, the repeated ones near ``at`` among them.
        already: keys that were passed for this due date.
    """
    known = set(already)
    waiting = sorted((p for p in points if p.key not in known), key=lambda point: point.at)
    passed = tuple(point for point in waiting if point.at <= at)
    coming = [point.at for point in waiting if point.at > at]
    return Fired(passed, min(coming) if coming else None)


def rung_of(ladder: Ladder, key: str) -> Rung | None:
    """The rung that a key names; a repeated one by its first two parts."""
    name = ":".join(key.split(":")[:2])
    return next((rung for rung in ladder.rungs if rung.key == name), None)


def digest_or_now(told_today: int, waiting: int, most: int) -> tuple[int, int]:
    """How many of the waiting ones are told at once, and how many go into the morning's digest.

    >>> digest_or_now(told_today=3, waiting=4, most=5)
    (2, 2)
    """
    now = max(0, min(waiting, most - told_today))
    return now, waiting - now
