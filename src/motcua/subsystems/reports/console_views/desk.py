"""The operator's screen for calls: one page, by keyboard; and the photos that wait."""

from __future__ import annotations

import re
import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import audience, require
from motcua.foundation.errors import DomainError, InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.reports.asking import actor_of_request, is_english, said, whole
from motcua.subsystems.reports.filling import grouped_categories, wards
from motcua.subsystems.reports.manifest import OPERATE
from motcua.subsystems.reports.models import Category
from motcua.subsystems.reports.rules import best_categories
from motcua.subsystems.reports.selectors import categories_on, waiting_photos
from motcua.subsystems.reports.services import Intake, decide_photo, receive_report

_CODE = re.compile(r"\(([\w-]+)\)\s*$")
TYPED = ("description", "category", "area", "address", "name", "phone", "email", "urgency", "key")


@require_http_methods(["GET", "POST"])
@audience("official")
def call(request: HttpRequest) -> HttpResponse:
    """Type a call in; the next one begins on an empty page with the code of the last on top."""
    actor = actor_of_request(request)
    require(actor, OPERATE)
    if request.method != "POST":
        return _page(request, {})
    typed = {name: request.POST.get(name, "").strip() for name in TYPED}
    try:
        done = receive_report(actor=actor, intake=_intake(typed), key=typed["key"])
    except DomainError as problem:
        return _page(request, typed, problem)
    address = reverse("reports_console:case", args=[done["uid"]])
    words = _("Đã nhận phản ánh; mã để đọc cho người gọi:")
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, address, done["code"]))
    return redirect("reports_console:call")


def _intake(typed: dict[str, str]) -> Intake:
    category = _code_of(typed["category"])
    if not category:
        known = [(c.code, (c.name, *c.words)) for c in categories_on(today()).values() if c.leaf]
        found = best_categories(typed["description"], known, most=1)
        category = found[0] if found else ""
        typed["category"] = dict(_options(grouped_categories(False))).get(category, "")
    return Intake(
        category=category,
        description=typed["description"],
        area_code=_code_of(typed["area"]),
        address=typed["address"],
        name=typed["name"],
        phone=typed["phone"],
        email=typed["email"],
        urgency=typed["urgency"],
        channel="phone",
        language=get_language() or "vi",
    )


def _code_of(text: str) -> str:
    """What stands in brackets at the end, or the bare code."""
    found = _CODE.search(text)
    return found[1] if found else text[:40]


def _options(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(code, f"{name} ({code})") for code, name in rows]


def _page(
    request: HttpRequest, typed: dict[str, str], problem: DomainError | None = None
) -> HttpResponse:
    english = is_english()
    errors = said(problem.fields) if isinstance(problem, InvalidInput) else {}
    if "place" in errors:
        errors["area"] = errors.pop("place")
    context: dict[str, Any] = {
        "typed": {"key": secrets.token_urlsafe(18), **typed},
        "errors": errors,
        "problem": problem,
        "categories": _options(grouped_categories(english)),
        "wards": _options(wards(english)),
        "urgencies": [(value, _(str(label))) for value, label in Category.Urgency.choices],
    }
    status = problem.status if problem else 200
    return render(request, "reports/console/call.html", context, status=status)


@require_safe
@audience("official")
def photos(request: HttpRequest) -> HttpResponse:
    """Photos that nobody has looked at yet, the oldest first."""
    rows = waiting_photos(actor_of_request(request), after=whole(request.GET.get("sau")))
    return render(request, "reports/console/photos.html", {"photos": rows})


@require_POST
@audience("official")
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a photo out or keep it inside."""
    show = request.POST.get("show") == "yes"
    photo = decide_photo(actor=actor_of_request(request), uid=uid, show=show)
    messages.success(request, _("Ảnh được công khai.") if show else _("Ảnh không công khai."))
    if request.POST.get("back") == "queue":
        return redirect("reports_console:photos")
    return redirect("reports_console:case", uid=photo.report.case.uid)
