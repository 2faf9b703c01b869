"""Rows of the inbox, made ready to print or to export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.casework.calendar.public import WorkCalendar, calendar_for
from motcua.casework.cases.public import InboxRow, State, kind_of
from motcua.casework.clock.public import Badge, row_badge
from motcua.casework.exports.public import Column
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import local, now
from motcua.web.design.tags.moments import moment
from motcua.web.design.tags.status import CLOCK_STATES

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
DRAWN = frozenset({"due", "code", "state", "holder"})
"""Columns that are more than a text: the template draws them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, or (with a key) one of :data:`DRAWN`."""

    key: str
    label: str
    text: str = ""
    css: str = ""


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
    cells: tuple[Cell, ...] = ()

    @property
    def where(self) -> str:
        """Who has it: whoever holds it now, else its officer, else the desk."""
        row = self.row
        return row.claimed_by or row.assignee or self.role or row.holder


def shown_rows(rows: Iterable[InboxRow], columns: Sequence[Column] = ()) -> list[ShownRow]:
    """Rows with their words, and the cells of the columns; asks the database nothing."""
    at, calendar, language = now(), calendar_for(None), get_language() or "vi"
    shown = [_shown(row, at, calendar) for row in rows]
    heads = [(column, column.label.in_language(language)) for column in columns]
    return [replace(row, cells=tuple(_cell(row, *head) for head in heads)) for row in shown]


def _cell(shown: ShownRow, column: Column, label: str) -> Cell:
    if column.key in DRAWN:
        return Cell(column.key, label)
    value = column.value(shown)
    text = moment(value) if isinstance(value, dt.datetime) else str(value or "")
    return Cell("", label, text, f"cell-{column.key}")


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
        _why_late(row, state.name.in_language(language), at, calendar)
        if badge.state == "late"
        else "",
    )


def _why_late(row: InboxRow, state: str, at: dt.datetime, calendar: WorkCalendar) -> str:
    """At which desk a late case stands, whether anybody has it, how long its state is the same."""
    days = calendar.working_days_between(local(row.state_since).date(), local(at).date())
    desk = str(ROLE_NAMES.get(row.holder_role, "")) or row.holder
    given = {"desk": desk, "state": state, "n": days}
    if row.assignee:
        return _("Ở %(desk)s; “%(state)s” đã %(n)s ngày làm việc") % given
    return _("Ở %(desk)s, chưa giao ai; “%(state)s” đã %(n)s ngày làm việc") % given


def _address(route: str, row: InboxRow) -> str:
    try:
        return reverse(route, args=[row.uid])
    except NoReverseMatch:
        return ""
