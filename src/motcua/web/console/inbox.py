"""The inbox as a screen: filters read from the address, rows made ready to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor, allowed
from motcua.casework.calendar.public import WorkCalendar, calendar_for
from motcua.casework.cases.public import (
    InboxFilters,
    InboxRow,
    State,
    all_kinds,
    inbox,
    inbox_counts,
    kind_of,
)
from motcua.casework.clock.public import Badge, row_badge
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import local, now, today
from motcua.subsystems.procedures.public import procedures
from motcua.web.design.tags.status import CLOCK_STATES

VIEWS = (
    ("all", gettext_lazy("Tất cả")),
    ("mine", gettext_lazy("Giao cho tôi")),
    ("unassigned", gettext_lazy("Chưa giao")),
    ("late", gettext_lazy("Quá hạn")),
)
TONES = {
    "waiting": ("neutral", "hourglass"),
    "working": ("info", "loader"),
    "yours": ("turn", "hand"),
    "done": ("success", "circle-check"),
    "stopped": ("neutral", "circle-x"),
}
ROLE_NAMES = {
    "receiving_clerk": gettext_lazy("Bộ phận tiếp nhận"),
    "centre_head": gettext_lazy("Phụ trách trung tâm"),
    "case_officer": gettext_lazy("Cán bộ thụ lý"),
    "division_head": gettext_lazy("Lãnh đạo phòng"),
    "leader": gettext_lazy("Lãnh đạo ký"),
    "records_clerk": gettext_lazy("Văn thư"),
    "consulted_officer": gettext_lazy("Cơ quan được hỏi"),
    "applicant": gettext_lazy("Người nộp hồ sơ"),
}
CITY_WIDE = frozenset({"supervisor", "administrator"})
CAP = 1000


@dataclass(frozen=True, slots=True)
class Query:
    """What the address of an inbox page asks for; everything empty is the default inbox."""

    view: str = "all"
    state: str = ""
    procedure: str = ""
    role: str = ""
    code: str = ""
    closed: bool = False
    after: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Query:
        """From the address; unknown views fall back to the default one."""
        view = given.get("view", "all")
        return cls(
            view=view if view in dict(VIEWS) else "all",
            state=given.get("state", ""),
            procedure=given.get("procedure", ""),
            role=given.get("role", "") if given.get("role", "") in ROLE_NAMES else "",
            code=given.get("code", "").strip(),
            closed=given.get("closed") == "1",
            after=given.get("after", ""),
        )

    def filters(self, actor: Actor) -> InboxFilters:
        """The same as the kernel understands it."""
        return InboxFilters(
            states=(self.state,) if self.state else (),
            subject_codes=(self.procedure,) if self.procedure else (),
            roles=(self.role,) if self.role else (),
            mine=self.view == "mine",
            unassigned=self.view == "unassigned",
            late=self.view == "late",
            closed=self.closed,
            code=self.code,
            everything_visible=sees_all(actor),
        )

    def url(self, route: str = "console:home", **changes: Any) -> str:
        """The address of a page with these filters, some of them changed."""
        values = {
            "view": self.view if self.view != "all" else "",
            "state": self.state,
            "procedure": self.procedure,
            "role": self.role,
            "code": self.code,
            "closed": "1" if self.closed else "",
            **changes,
        }
        kept = {name: value for name, value in values.items() if value}
        return f"{reverse(route)}{'?' + urlencode(kept) if kept else ''}"

    @property
    def asked(self) -> str:
        """The same as a query string without the place in the list: what an export takes."""
        return self.url().partition("?")[2]

    def words(self) -> str:
        """The filters in the reader's language, for the head of a file."""
        found = [str(dict(VIEWS)[self.view])] if self.view != "all" else []
        found += [name for state, name in state_options() if state == self.state]
        found += [name for code, name in procedure_options() if code == self.procedure]
        found += [str(ROLE_NAMES[self.role])] if self.role else []
        found += [self.code] if self.code else []
        found += [str(_("Đã kết thúc"))] if self.closed else []
        return " · ".join(found)

    @property
    def narrowed(self) -> bool:
        """Whether anything besides the view limits the list."""
        return bool(self.state or self.procedure or self.role or self.code or self.closed)


def sees_all(actor: Actor) -> bool:
    """Whether the actor watches over the whole city rather than one agency's work."""
    return any(post.role in CITY_WIDE and post.city_wide for post in actor.posts)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row, ready to print."""

    row: InboxRow
    url: str
    title: str
    state: str
    tone: str
    icon: str
    badge: Badge
    badge_text: str
    clock_icon: str
    role: str
    why: str = ""

    @property
    def where(self) -> str:
        """Who has it: whoever holds it now, else its officer, else the desk."""
        row = self.row
        return row.claimed_by or row.assignee or self.role or row.holder


def shown_rows(rows: Iterable[InboxRow]) -> list[ShownRow]:
    """Rows with their words; asks the database nothing."""
    at, calendar = now(), calendar_for(None)
    return [_shown(row, at, calendar) for row in rows]


def _shown(row: InboxRow, at: dt.datetime, calendar: WorkCalendar) -> ShownRow:
    language = get_language() or "vi"
    kind = kind_of(row.kind)
    state: State = kind.by_id[row.state]
    tone, icon = TONES.get(state.tone, TONES["waiting"])
    badge = row_badge(row.clock_state, row.due_at, at, calendar)
    return ShownRow(
        row,
        _address(kind.url_name, row),
        Bilingual(row.title, row.title_en or row.title).in_language(language),
        state.name.in_language(language),
        tone,
        icon,
        badge,
        badge.words.in_language(language),
        CLOCK_STATES[badge.state][1],
        str(ROLE_NAMES.get(row.holder_role, "")),
        _why_late(row, at, calendar) if badge.state == "late" else "",
    )


def _why_late(row: InboxRow, at: dt.datetime, calendar: WorkCalendar) -> str:
    """Where a late case stands still, since when, and with whom."""
    from motcua.web.design.tags.moments import day

    days = calendar.working_days_between(local(row.state_since).date(), local(at).date())
    desk = str(ROLE_NAMES.get(row.holder_role, "")) or row.holder
    words = _("Ở %(desk)s từ %(day)s (%(n)s ngày làm việc)") % {
        "desk": desk, "day": day(row.state_since), "n": days,
    }  # fmt: skip
    return words if row.assignee else f"{words}; {_('chưa giao ai')}"


def _address(route: str, row: InboxRow) -> str:
    try:
        return reverse(route, args=[row.uid])
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class InboxScreen:
    """Everything the inbox page shows."""

    query: Query
    rows: list[ShownRow]
    next: str
    tabs: list[dict[str, Any]]
    states: list[tuple[str, str]]
    procedures: list[tuple[str, str]]
    roles: list[tuple[str, str]]
    asked: str
    first: str
    may_assign: bool
    actor_roles: frozenset[str] = field(default_factory=frozenset[str])


def inbox_screen(actor: Actor, query: Query) -> InboxScreen:
    """The page the address asks for. Two statements: the rows and the counts."""
    page = inbox(actor, query.filters(actor), after=query.after)
    counts = inbox_counts(actor, cap=CAP, everything_visible=sees_all(actor))
    tabs = [
        {"key": key, "text": text, "url": Query(view=key).url(), "count": _capped(counts[key])}
        for key, text in VIEWS
    ]
    return InboxScreen(
        query,
        shown_rows(page.rows),
        query.url(after=page.after) if page.after else "",
        tabs,
        state_options(),
        procedure_options(),
        [(role, str(name)) for role, name in ROLE_NAMES.items()],
        query.asked,
        query.url() if query.after else "",
        allowed(actor, "cases.assign"),
        actor.roles,
    )


def _capped(count: int) -> str:
    return f"{CAP}+" if count >= CAP else str(count)


def state_options() -> list[tuple[str, str]]:
    """Every state of every kind, for the filter."""
    language = get_language() or "vi"
    return [
        (state.id, state.name.in_language(language))
        for kind in all_kinds()
        for state in kind.states
    ]


_KEEP_SECONDS = 300
_kept: dict[str, tuple[float, list[tuple[str, Bilingual]]]] = {}


def procedure_options() -> list[tuple[str, str]]:
    """Procedures in force, for the filter; remembered for five minutes."""
    stamp = now().timestamp()
    known = _kept.get("procedures")
    if known is None or not known[1] or not 0 <= stamp - known[0] < _KEEP_SECONDS:
        found = [(v.procedure.code, Bilingual(v.name, v.name_en)) for v in procedures(today())]
        known = (stamp, found)
        _kept["procedures"] = known
    language = get_language() or "vi"
    return [(code, name.in_language(language)) for code, name in known[1]]
