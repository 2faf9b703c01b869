"""What everybody may read: a page for each report, lists, the photos that were let out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.casework.access.public import ANONYMOUS, audience
from motcua.casework.attachments.public import derivative, hand_out
from motcua.foundation.errors import NotFound
from motcua.subsystems.reports.asking import is_english, whole
from motcua.subsystems.reports.filling import grouped_categories, wards
from motcua.subsystems.reports.selectors import (
    Filters,
    public_list,
    public_photo,
    public_report,
    public_story,
    shown_photos,
)
from motcua.subsystems.reports.shown import shown_report, shown_row, shown_story, state_choices


@require_safe
@audience("public")
def reports(request: HttpRequest) -> HttpResponse:
    """The list by ward, category and state; a code typed leads to its report."""
    asked = request.GET
    if code := asked.get("ma", "").strip():
        return redirect("reports:report", code=code.upper()[:40])
    filters = Filters(
        asked.get("noi", "")[:30], asked.get("linh-vuc", "")[:40], asked.get("tt", "")[:12]
    )
    page = public_list(filters, before=whole(asked.get("truoc")))
    kept = {"noi": filters.area, "linh-vuc": filters.category, "tt": filters.state}
    query = urlencode({**{n: v for n, v in kept.items() if v}, "truoc": page.before})
    english = is_english()
    context: dict[str, Any] = {
        "rows": [shown_row(report, english) for report in page.rows],
        "next": f"{reverse('reports:list')}?{query}" if page.before else "",
        "wards": wards(english),
        "categories": grouped_categories(english),
        "states": state_choices(),
        "filters": filters,
        "first": reverse("reports:list") if asked.get("truoc") else "",
    }
    return render(request, "reports/portal/list.html", context)


@require_safe
@audience("public")
def report(request: HttpRequest, code: str) -> HttpResponse:
    """A report as everybody sees it."""
    found = public_report(code)
    context = {
        "report": shown_report(found, is_english()),
        "story": shown_story(public_story(found)),
        "photos": shown_photos(found),
    }
    return render(request, "reports/portal/report.html", context)


@require_safe
@audience("public")
def photo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A photo that somebody let out: the pixels alone, never the file as received."""
    copy = derivative(public_photo(uid).attachment.blob_id, "preview")
    if copy is None:
        raise NotFound
    content = hand_out(ANONYMOUS, copy.sha256, case_id=None).read()
    answer = HttpResponse(content, content_type=copy.mime)
    answer["Cache-Control"] = "public, max-age=300"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
