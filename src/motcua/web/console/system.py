"""What the pages of the house show: jobs, ledger, calendar, agencies. Reads only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from motcua.casework.agencies.public import Agency, agencies_as_of
from motcua.casework.calendar.public import SpecialDay, calendar_for, history_of
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import Finding, LedgerPeriod, check_ledger, last_period
from motcua.foundation.errors import Bilingual
from motcua.foundation.outbox.public import (
    DeadLetter,
    QueueState,
    dead_letters,
    events_waiting,
    lag_seconds,
    queue_states,
)
from motcua.foundation.timesource import CITY_ZONE, today

KINDS = (
    ("holiday", _("Ngày lễ, tết")),
    ("swap_off", _("Nghỉ hoán đổi")),
    ("makeup", _("Ngày làm bù")),
    ("local_off", _("Nghỉ tại cơ quan")),
    ("ordinary", _("Ngày bình thường (bỏ ngày nghỉ đã ghi)")),
)
AGENCY_KINDS = (
    gettext_noop("Thành phố"),
    gettext_noop("Sở, ngành"),
    gettext_noop("Uỷ ban nhân dân cấp xã"),
    gettext_noop("Trung tâm Phục vụ hành chính công"),
    gettext_noop("Cơ quan ngành dọc"),
    gettext_noop("Khác"),
    gettext_noop("Ngày bình thường"),
)
"""Words of choices that the kernel holds in Vietnamese only; shown with ``{% translate %}``."""
PAGE = 100
FINDINGS = 100


@dataclass(frozen=True, slots=True)
class JobsScreen:
    """Queues, what failed for good, and how far the worker lags behind."""

    queues: list[QueueState]
    dead: list[DeadLetter]
    waiting: int
    lag_minutes: int
    next: str


def jobs_screen(after: int | None) -> JobsScreen:
    """The state of the background work now."""
    dead = dead_letters(limit=PAGE + 1, after=after)
    more = f"?after={dead[PAGE - 1].id}" if len(dead) > PAGE else ""
    return JobsScreen(
        queue_states(), dead[:PAGE], events_waiting(), round(lag_seconds() / 60), more
    )


@dataclass(frozen=True, slots=True)
class LedgerScreen:
    """The period closed last, and what a check found when one was asked for."""

    period: LedgerPeriod | None
    checked: bool
    findings: list[Finding]


def ledger_screen(check: bool) -> LedgerScreen:
    """The ledger's state; with ``check`` every chain is read again."""
    findings = check_ledger(limit=FINDINGS) if check else []
    return LedgerScreen(last_period(), check, findings)


@dataclass(frozen=True, slots=True)
class DayForm:
    """A change of the calendar as typed."""

    day: str = ""
    kind: str = "holiday"
    name_vi: str = ""
    name_en: str = ""
    reason: str = ""
    legal_basis: str = ""
    decided_on: str = ""
    confirm_earlier: bool = False
    confirmed: bool = False

    @classmethod
    def read(cls, posted: QueryDict) -> DayForm:
        """From the posted form."""
        texts = {
            name: posted.get(name, "").strip()
            for name in ("day", "kind", "name_vi", "name_en", "reason", "legal_basis", "decided_on")
        }
        return cls(
            **texts,
            confirm_earlier=posted.get("confirm_earlier") == "on",
            confirmed=posted.get("verb") == "confirm",
        )

    @property
    def date(self) -> dt.date | None:
        """The date that changes, when it was understood."""
        return _date(self.day)

    def problems(self) -> dict[str, Bilingual]:
        """What must be mended before anybody can judge the consequence."""
        found: dict[str, Bilingual] = {}
        if self.date is None:
            found["day"] = Bilingual("Hãy chọn một ngày.", "Choose a date.")
        if not self.name_vi:
            found["name_vi"] = Bilingual("Hãy đặt tên cho ngày này.", "Name this day.")
        if not self.reason:
            found["reason"] = Bilingual("Hãy nêu lý do thay đổi.", "Say why it changes.")
        if not self.legal_basis:
            found["legal_basis"] = Bilingual(
                "Hãy ghi văn bản quyết định ngày này.", "Name the document that decides this day."
            )
        return found

    def change(self) -> dict[str, Any]:
        """Arguments for the calendar's service."""
        return {
            "day": self.date,
            "kind": self.kind,
            "name": Bilingual(self.name_vi, self.name_en or self.name_vi),
            "reason": self.reason,
            "legal_basis": self.legal_basis,
            "decided_on": _date(self.decided_on),
            "confirm_earlier": self.confirm_earlier,
        }


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a change would mean for people, before anybody confirms it."""

    works_now: bool
    works_then: bool
    affected: int

    @property
    def direction(self) -> str:
        """``later``, ``earlier`` or ``same``: where running due dates would move."""
        if self.works_now == self.works_then:
            return "same"
        return "later" if self.works_now else "earlier"


def consequence_of(form: DayForm) -> Consequence | None:
    """What the typed change would do; ``None`` while its date is not understood."""
    if form.date is None:
        return None
    works = calendar_for(None).is_working_day(form.date)
    weekday = form.date.weekday() < 5
    then = form.kind == "makeup" or (form.kind == "ordinary" and weekday)
    return Consequence(works, then, deadlines_from(form.date))


def deadlines_from(day: dt.date) -> int:
    """How many running deadlines end on that day or after it."""
    begin = dt.datetime.combine(day, dt.time.min, CITY_ZONE)
    running = Q(is_open=True, clock_state="running", due_at__gte=begin)
    return Case.objects.filter(running).count()


@dataclass(frozen=True, slots=True)
class CalendarScreen:
    """The special days of a year, the form, its consequence and the history of its date."""

    year: int
    days: list[SpecialDay]
    form: DayForm = field(default_factory=DayForm)
    errors: dict[str, Bilingual] = field(default_factory=dict[str, Bilingual])
    consequence: Consequence | None = None
    history: list[Any] = field(default_factory=list[Any])
    kinds: tuple[Any, ...] = KINDS

    @property
    def words(self) -> dict[str, str]:
        """The faults in the reader's language, by field."""
        language = get_language() or "vi"
        return {name: text.in_language(language) for name, text in self.errors.items()}

    @property
    def previous_year(self) -> int:
        return self.year - 1

    @property
    def next_year(self) -> int:
        return self.year + 1


def calendar_screen(
    year: int, form: DayForm | None = None, errors: dict[str, Bilingual] | None = None
) -> CalendarScreen:
    """The calendar page of a year, with what was typed."""
    form = form or DayForm()
    days = calendar_for(None).special_between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    weighed = consequence_of(form) if form.day and not errors else None
    past = history_of(form.date) if form.date else []
    return CalendarScreen(year, days, form, errors or {}, weighed, past)


def year_of(text: str) -> int:
    """The year asked for, else this one; within what the calendar knows."""
    year = int(text) if text.isdecimal() else today().year
    return min(max(year, 2015), 2045)


@dataclass(frozen=True, slots=True)
class AgenciesScreen:
    """The agencies of a date, by code, a page at a time."""

    on: dt.date
    text: str
    rows: list[Agency]
    next: str
    total: int

    @property
    def on_text(self) -> str:
        """The date as a date field takes it."""
        return self.on.isoformat()

    @property
    def next_url(self) -> str:
        """The next page with the same filters."""
        if not self.next:
            return ""
        return "?" + urlencode({"on": self.on_text, "q": self.text, "after": self.next})

    @property
    def asked(self) -> str:
        """The filters as an export takes them."""
        return urlencode({"on": self.on_text, "q": self.text})


def narrowed_agencies(on: dt.date, text: str) -> QuerySet[Agency]:
    """The agencies of a date whose name or code holds the text, by code."""
    rows = agencies_as_of(on).select_related("parent").order_by("code")
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    return rows


def agencies_screen(on_text: str, text: str, after: str) -> AgenciesScreen:
    """Agencies that existed on a date, narrowed by a part of the name or code."""
    on = _date(on_text) or today()
    rows = narrowed_agencies(on, text)
    total = rows.count()
    if after:
        rows = rows.filter(code__gt=after)
    found = list(rows[: PAGE + 1])
    return AgenciesScreen(
        on, text, found[:PAGE], found[PAGE - 1].code if len(found) > PAGE else "", total
    )
