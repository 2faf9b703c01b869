"""What one day is: its working hours, how it differs from its weekday. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from motcua.foundation.errors import Bilingual, DomainError


class OutsideCalendarError(DomainError):
    """The moment lies in years for which no calendar has been built."""

    code = "calendar-outside"
    status = 422
    message = Bilingual(
        "Ngày {day} nằm ngoài lịch làm việc đã lập.",
        "The date {day} lies outside the working calendar.",
    )
    advice = Bilingual(
        "Kiểm tra lại năm; nếu đúng, đề nghị quản trị viên lập lịch cho năm đó.",
        "Check the year; if it is right, ask an administrator to set up that year.",
    )


@dataclass(frozen=True, slots=True)
class Slots:
    """The working hours of one day: disjoint, ascending spans in seconds after midnight."""

    spans: tuple[tuple[int, int], ...]
    total: int = field(init=False)

    def __post_init__(self) -> None:
        last = 0
        for begin, end in self.spans:
            if not last <= begin < end <= 86_400:
                raise ValueError(f"slots must ascend without overlap: {self.spans}")
            last = end
        object.__setattr__(self, "total", sum(end - begin for begin, end in self.spans))

    @property
    def first(self) -> int:
        return self.spans[0][0]

    @property
    def last(self) -> int:
        return self.spans[-1][1]

    def elapsed(self, second: int) -> int:
        """Working seconds of this day that lie before ``second`` of the day."""
        done = 0
        for begin, end in self.spans:
            if second <= begin:
                break
            done += min(second, end) - begin
        return done

    def second_at(self, elapsed: int) -> int:
        """The earliest second of the day by which ``elapsed`` (1…total) has been worked."""
        for begin, end in self.spans:
            if elapsed <= end - begin:
                return begin + elapsed
            elapsed -= end - begin
        return self.last


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday: ``works`` says which way, ``name`` why."""

    day: dt.date
    works: bool
    name: Bilingual
    legal_basis: str = ""
    decided: bool = True
