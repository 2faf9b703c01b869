"""Notices to many as their pages show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import ROLES
from motcua.subsystems.mass_notices import selectors
from motcua.subsystems.mass_notices.finding import found
from motcua.subsystems.mass_notices.models import MassNotice
from motcua.subsystems.mass_notices.reach import WRITERS, approves, held, of_the_city
from motcua.subsystems.mass_notices.rules import (
    APPLICANTS,
    APPOINTMENTS,
    MOST_PEOPLE,
    OFFERED,
    OFFICIALS,
    PLACEHOLDERS,
)

EXAMPLES = 3
STATES = (_("Đang soạn"), _("Chờ duyệt"), _("Đang gửi"), _("Đã gửi xong"), _("Đã dừng"))
"""Names of states, so that their English is asked for."""
AUDIENCES = {
    APPLICANTS: _("Người có hồ sơ đang giải quyết tại cơ quan"),
    APPOINTMENTS: _("Người có lịch hẹn trong một ngày"),
    OFFICIALS: _("Cán bộ của cơ quan và đơn vị trực thuộc"),
}
MAILS = {
    "queued": _("chờ gửi"),
    "sending": _("đang gửi"),
    "sent": _("đã gửi"),
    "failed": _("không gửi được"),
    "skipped": _("không gửi thư"),
}
REASONS = {"no mail address": _("không có địa chỉ thư"), "opted out": _("đã từ chối nhận")}


def choices(language: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the form offers."""
    day = str(typed.get("day", ""))
    parts = [typed.get(f"day_{part}", "") for part in ("day", "month", "year")]
    return {
        "audiences": list(AUDIENCES.items()),
        "roles": [(code, name.in_language(language)) for code, name in ROLES.items()],
        "tokens": [
            (
                AUDIENCES[key],
                [("{" + n + "}", PLACEHOLDERS[n].in_language(language)) for n in names],
            )
            for key, names in OFFERED.items()
        ],
        "day": dt.date.fromisoformat(day) if day else "-".join(parts[::-1]) if any(parts) else "",
    }


def typed_of(notice: MassNotice) -> dict[str, Any]:
    """A draft's columns as its form's fields."""
    return {
        "agency": notice.agency.code,
        "audience": notice.audience,
        "legal": "yes" if notice.legal else "",
        "basis": notice.basis,
        **notice.texts,
        **notice.chosen,
    }


def page_of(actor: Actor, notice: MassNotice) -> dict[str, Any]:
    """What the page of a notice shows in its state."""
    writes = notice.agency_id in held(actor, WRITERS)
    second = approves(actor, notice.agency) and notice.author_id != actor.account_id
    context: dict[str, Any] = {
        "notice": notice,
        "audience": AUDIENCES[notice.audience],
        "open": notice.state == "sending",
        "writes": writes,
        "second": second,
        "may_stop": writes or of_the_city(actor),
    }
    if notice.state == "draft":
        people = found(actor, notice.agency, notice.audience, notice.chosen)
        context |= {"count": len(people), "too_many": len(people) > MOST_PEOPLE}
        context["examples"] = [selectors.text_for(notice, one) for one in people[:EXAMPLES]]
    elif notice.state == "waiting":
        context["examples"] = [
            selectors.text_for(notice, one) for one in selectors.waiting(notice, EXAMPLES)
        ]
    elif notice.state == "sending":
        context["told"] = selectors.told_count(notice)
    else:
        report = selectors.report(notice)
        context |= {"report": report, "mails": [
            (MAILS.get(state, state), REASONS.get(reason, reason), number)
            for state, reason, number in report.mails
        ]}  # fmt: skip
    return context
