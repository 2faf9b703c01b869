"""What stands beside some pages: a box to try fees out, the agencies and their roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.foundation.money import format_dong
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor.rules.coverage import coverage
from motcua.subsystems.procedure_editor.rules.specs import CHANNELS
from motcua.subsystems.procedure_editor.selectors import OpenDraft, agency_roles
from motcua.subsystems.procedure_editor.showing import lists_of, said
from motcua.subsystems.procedures.public import (
    MissingLimitError,
    city_rules,
    fee_for,
    limit_for,
    limit_text,
)


def aside_of(key: str, found: OpenDraft, given: Mapping[str, str]) -> dict[str, Any]:
    """The additions to a section's page, by its key."""
    if key in {"fees", "exemptions", "limits", "cases"}:
        return {"trial": trial_of(found, given)}
    if key == "agencies":
        lines = list(coverage(found.document, agency_roles(today())))
        return {"coverage": lines}
    return {}


def trial_of(found: OpenDraft, given: Mapping[str, str]) -> dict[str, Any]:
    """What a filing of one case, channel, class and day would cost and how long it may take."""
    document = found.document
    cases = [(value, said(text)) for value, text in lists_of(document)["cases"]]
    case = given.get("thu_case") or (cases[0][0] if cases else "")
    channel = given.get("thu_channel") or "counter"
    on = _day(given.get("thu_on", ""))
    classes = [word for word in given.get("thu_class", "").replace(",", " ").split() if word]
    trial: dict[str, Any] = {
        "cases": cases,
        "channels": [(value, said(text)) for value, text in CHANNELS],
        "case": case, "channel": channel, "on": on.isoformat(), "class": " ".join(classes),
    }  # fmt: skip
    try:
        fee = fee_for(
            document, case=case, channel=channel, applicant=classes, on=on, city=city_rules(),
            answers={"copies": 1},
        )  # fmt: skip
        trial["lines"] = [
            (said(line.name), said(line.explanation), _amount(line.amount)) for line in fee.lines
        ]
        trial["amount"] = _amount(fee.amount)
        trial["certain"] = fee.certain
    except (LookupError, TypeError, AttributeError, ValueError):
        # The draft is not whole yet: what is missing is told on its own pages.
        trial["unfinished"] = True
    trial["limit"] = _limit(document, case, channel, on)
    return trial


def _limit(document: dict[str, Any], case: str, channel: str, on: dt.date) -> str:
    try:
        limit = limit_for(document, case, channel, on)
    except (MissingLimitError, LookupError, TypeError):
        return _("Chưa có thời hạn cho trường hợp này.")
    return f"{said(limit_text(limit))} ({limit.legal_basis})"


def _amount(amount: int | None) -> str:
    return _("chưa rõ") if amount is None else format_dong(amount)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today()
