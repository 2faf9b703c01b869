"""Reports made ready to show: words in the reader's language, nothing the reader may not see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.cases.public import State, StateChange
from motcua.foundation.errors import Bilingual
from motcua.subsystems.reports.models import Report
from motcua.subsystems.reports.rules import mask_personal
from motcua.subsystems.reports.states import REPORT, VERBS

TONES = {
    "waiting": ("neutral", "hourglass"),
    "working": ("info", "loader"),
    "yours": ("info", "circle-pause"),
    "done": ("success", "circle-check"),
    "stopped": ("neutral", "circle-x"),
}
UNKNOWN = Bilingual("Cập nhật", "Update")


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report for a page of the portal."""

    code: str
    uid: str
    category: str
    text: str
    place: str
    state: State
    tone: str
    icon: str
    agency: str
    requested_at: dt.datetime
    expected_at: dt.datetime | None
    due_at: dt.datetime | None
    resolved_at: dt.datetime | None
    answer: str
    supporters: int
    open: bool
    hidden: bool
    reporter: str
    merged_into: str
    longitude: float | None
    latitude: float | None
    masked: bool


def shown_report(report: Report, english: bool, *, own: bool = False) -> ShownReport:
    """For the public, or (``own``) for the reporter, who sees what he wrote."""
    case = report.case
    state = REPORT.by_id[case.state]
    tone, icon = TONES[state.tone]
    agency = case.holder_agency or case.receiving_agency
    named = own or not report.hide_name
    return ShownReport(
        code=case.code or "",
        uid=str(case.uid),
        category=report.category.name_en if english else report.category.name,
        text=report.description if own else report.public_text,
        place=_own_place(report) if own else report.public_place,
        state=state,
        tone=tone,
        icon=icon,
        agency=agency.name_en if english else agency.name,
        requested_at=report.requested_at,
        expected_at=report.expected_at,
        due_at=case.due_at,
        resolved_at=report.resolved_at,
        answer=report.status_note if own else mask_personal(report.status_note)[0],
        supporters=report.supporters,
        open=case.is_open,
        hidden=report.hidden,
        reporter=report.reporter_name if named and report.reporter_name else "",
        merged_into=(report.merged_into.case.code or "") if report.merged_into else "",
        longitude=report.longitude if own else report.public_longitude,
        latitude=report.latitude if own else report.public_latitude,
        masked=own and report.public_text != report.description,
    )


def _own_place(report: Report) -> str:
    return ", ".join(p for p in (report.address, report.area.name if report.area else "") if p)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line of the public list."""

    code: str
    category: str
    text: str
    place: str
    state: str
    tone: str
    icon: str
    agency: str
    requested_at: dt.datetime
    supporters: int
    has_photo: bool


def shown_row(report: Any, english: bool) -> ShownRow:
    """One row of :func:`selectors.public_list`."""
    case = report.case
    state = REPORT.by_id[case.state]
    tone, icon = TONES[state.tone]
    agency = case.holder_agency or case.receiving_agency
    text = report.public_text
    return ShownRow(
        code=case.code or "",
        category=report.category.name_en if english else report.category.name,
        text=text if len(text) <= 160 else f"{text[:157].rstrip()}…",
        place=report.public_place,
        state=state.name.in_language(get_language() or "vi"),
        tone=tone,
        icon=icon,
        agency=agency.name_en if english else agency.name,
        requested_at=report.requested_at,
        supporters=report.supporters,
        has_photo=report.has_photo,
    )


def verb_words(verb: str) -> str:
    """What a step of the story is called."""
    return VERBS.get(verb, UNKNOWN).in_language(get_language() or "vi")


def shown_story(rows: Iterable[StateChange], *, own: bool = False) -> list[dict[str, Any]]:
    """The public steps, newest first; officials are not named, their agency is."""
    english = (get_language() or "vi").startswith("en")
    entries: list[dict[str, Any]] = []
    for row in rows:
        agency = row.agency
        who = (agency.name_en if english else agency.name) if agency else _("Cổng phản ánh")
        note = row.note
        if row.verb == "reports.reopen" and not own:
            note = ""
        entries.append(
            {
                "title": verb_words(row.verb),
                "at": row.at,
                "who": who,
                "text": note if own else mask_personal(note)[0],
                "state": "done",
            }
        )
    if entries:
        entries[-1]["state"] = "current"
    return entries[::-1]


def state_choices() -> list[tuple[str, str]]:
    """States to filter the public list by."""
    return [("open", _("Đang xử lý")), ("done", _("Đã xử lý xong")), ("refused", _("Từ chối"))]
