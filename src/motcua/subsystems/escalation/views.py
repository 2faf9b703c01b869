"""The ladder for administrators, and the explanation on a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.foundation.errors import InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.escalation.rules import MOST_RUNGS, TOLD, WHENS, Rung
from motcua.subsystems.escalation.selectors import agency_of_code, city_rungs, ladders_page
from motcua.subsystems.escalation.services import explain, set_ladder
from motcua.subsystems.escalation.wording import FAULTS, WHEN_NAMES, WHOM
from motcua.subsystems.procedures.public import field_names


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


@require_safe
@audience("official")
def ladders(request: HttpRequest) -> HttpResponse:
    """The ladders in force and before, and the form for a new one."""
    return _page(request, [_typed(rung) for rung in city_rungs()], {}, {})


def _page(
    request: HttpRequest, rungs: list[dict[str, Any]], typed: Mapping[str, str],
    errors: Mapping[str, str], status: int = 200,
) -> HttpResponse:  # fmt: skip
    language = get_language() or "vi"
    blank = {"when": "", "amount": "", "tell": [], "explain": False}
    context = {
        "ladders": ladders_page(_actor(request)),
        "rungs": [*rungs, *([blank] * (MOST_RUNGS - len(rungs)))][:MOST_RUNGS],
        "whens": [(when, WHEN_NAMES[when].in_language(language)) for when in WHENS],
        "whom": [(name, WHOM[name].in_language(language)) for name in TOLD],
        "fields": [(code, name.in_language(language)) for code, name in field_names().items()],
        "typed": {"valid_from": today().isoformat(), **typed},
        "errors": errors,
    }
    return render(request, "escalation/ladders.html", context, status=status)


def _typed(rung: Rung) -> dict[str, Any]:
    return rung.stored()


def _rungs(given: QueryDict) -> list[dict[str, Any]]:
    """The rows of the form that name a kind, as they were typed."""
    return [
        {
            "when": given[f"when_{n}"],
            "amount": given.get(f"amount_{n}", "").strip(),
            "tell": [name for name in given.getlist(f"tell_{n}") if name in TOLD],
            "explain": given.get(f"explain_{n}") == "1",
        }
        for n in range(1, MOST_RUNGS + 1)
        if given.get(f"when_{n}") in WHENS
    ]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@require_POST
@audience("official")
def set_new(request: HttpRequest) -> HttpResponse:
    """Record a new ladder; a refusal brings everything typed back."""
    given, language = request.POST, get_language() or "vi"
    rows, code = _rungs(given), given.get("agency", "").strip()
    agency = agency_of_code(code) if code else None
    try:
        if code and agency is None:
            raise InvalidInput({"agency": FAULTS["agency"]})
        set_ladder(
            actor=_actor(request),
            rungs=[Rung.read({**row, "amount": _number(row["amount"])}) for row in rows],
            valid_from=_day(given.get("valid_from", "")), reason=given.get("reason", ""),
            field=given.get("field", "") if given.get("field", "") in field_names() else "",
            agency_id=agency,
        )  # fmt: skip
    except InvalidInput as problem:
        errors = {name: text.in_language(language) for name, text in problem.fields.items()}
        return _page(request, rows, given.dict(), errors, 422)
    messages.success(request, _("Đã ghi thang nhắc hạn mới; thang cũ vẫn còn trong lịch sử."))
    return redirect("escalation:ladders")


@require_POST
@audience("official")
def explain_late(request: HttpRequest, uid: UUID, passed: int) -> HttpResponse:
    """Keep the explanation and go back to the case."""
    try:
        explain(actor=_actor(request), uid=uid, passed_id=passed, text=request.POST.get("text", ""))
    except InvalidInput as problem:
        words = [text.in_language(get_language() or "vi") for text in problem.fields.values()]
        messages.warning(request, " ".join(words))
    else:
        messages.success(request, _("Đã ghi giải trình."))
    return redirect("applications_console:case", uid=uid)
