"""The order of calling and what to tell a person who waits."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from motcua.foundation.errors import Bilingual

DEFAULT_SECONDS = 8 * 60
"""How long serving one person takes until the day has its own figures: a project default."""

ENOUGH = 5
"""So many served tickets make a typical time."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVXYZ"
"""Without I, O and W, which are misread or misheard in Vietnamese."""

LEVELS: dict[int, Bilingual] = {
    3: Bilingual("Rất hài lòng", "Very satisfied"),
    2: Bilingual("Hài lòng", "Satisfied"),
    1: Bilingual("Chưa hài lòng", "Not satisfied"),
}
"""The three levels of the rating form, as in the online rating of dossiers."""

REASONS: dict[str, Bilingual] = {
    "waited": Bilingual("Chờ lâu", "Waited long"),
    "explained": Bilingual("Hướng dẫn chưa rõ", "Explained unclearly"),
    "attitude": Bilingual("Thái độ chưa tốt", "Impolite"),
    "extra_papers": Bilingual("Đòi thêm giấy tờ", "Asked for extra papers"),
    "again": Bilingual("Phải đi lại nhiều lần", "Had to come again"),
    "place": Bilingual("Nơi chờ, thiết bị chưa tốt", "Waiting place or devices"),
}


@dataclass(frozen=True, slots=True)
class Ahead:
    """How far ahead in the queue somebody is put, as data: minutes; grace for being late."""

    minutes: int = 0
    appointment_minutes: int = 60
    late_minutes: int = 15


def order_moment(
    issued_at: dt.datetime, ahead: Ahead, appointment_at: dt.datetime | None = None
) -> dt.datetime:
    """When, for the order of calling, the person counts as having come.

    Everybody moves up as time passes, so nobody starves: a priority group counts as having
    come ``ahead.minutes`` earlier; an appointment kept in time counts from
    ``appointment_minutes`` before its slot; one missed by more than ``late_minutes`` is an
    ordinary ticket.
    """
    came = issued_at - dt.timedelta(minutes=ahead.minutes)
    if appointment_at is None:
        return came
    if issued_at > appointment_at + dt.timedelta(minutes=ahead.late_minutes):
        return came
    return min(came, appointment_at - dt.timedelta(minutes=ahead.appointment_minutes))


def typical_seconds(durations: Sequence[float], default: float = DEFAULT_SECONDS) -> float:
    """The median of the latest services, or the default while there are too few."""
    return median(durations) if len(durations) >= ENOUGH else default


def estimated_minutes(ahead: int, counters: int, seconds_each: float) -> int | None:
    """Whole minutes a person with ``ahead`` others before them will wait; None when closed."""
    if counters < 1:
        return None
    return math.ceil(ahead * seconds_each / counters / 60)


def letter_of(field: str, fields: Sequence[str]) -> str:
    """The letter before the numbers of a field; Z for a field nobody listed."""
    place = fields.index(field) if field in fields else len(LETTERS) - 1
    return LETTERS[min(place, len(LETTERS) - 1)]


def ticket_label(letter: str, number: int) -> str:
    """``A007``: letter and at least three digits."""
    return f"{letter}{number:03d}"
