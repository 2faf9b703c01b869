"""The page of the synchronisation in the console, and the portal's door to files."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.national_portal.files import file_behind
from motcua.subsystems.national_portal.selectors import inbound_page, overview, reconciliation
from motcua.subsystems.national_portal.services import (
    reconcile,
    send_again,
    set_aside,
    take_again,
)

DAYS_BACK = 30


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@require_safe
@never_cache
@audience("public")
def file(request: HttpRequest, token: str) -> HttpResponse:
    """A paper or a result, for whoever holds its signed address."""
    name, content = file_behind(token)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    del name
    return answer


@require_safe
@audience("official")
def show_overview(request: HttpRequest) -> HttpResponse:
    """How both directions stand, what was refused, what waits for a person."""
    page = overview(
        _actor(request),
        refused_after=_number(request, "refused"),
        inbound_after=_number(request, "inbound"),
    )
    context = {"page": page, "since": today() - dt.timedelta(days=DAYS_BACK), "until": today()}
    return render(request, "national_portal/overview.html", context)


@require_POST
@audience("official")
def resend(request: HttpRequest) -> HttpResponse:
    """Send refused dossiers again (POST ``case``, several)."""
    chosen = [int(v) for v in request.POST.getlist("case")[:500] if v.isascii() and v.isdigit()]
    count = send_again(actor=_actor(request), case_ids=chosen)
    messages.success(request, _("Đã đưa %(n)s hồ sơ vào hàng chờ gửi lại.") % {"n": count})
    return redirect("national_portal:overview")


def _day(text: str, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        wrong = Bilingual("Nhập ngày hợp lệ.", "Enter a valid date.")
        raise InvalidInput({name: wrong}) from None


@require_POST
@audience("official")
def compare(request: HttpRequest) -> HttpResponse:
    """Compare both sides over a stretch of days (POST ``since``, ``until``)."""
    since = _day(request.POST.get("since", ""), "since")
    until = _day(request.POST.get("until", ""), "until")
    run = reconcile(actor=_actor(request), since=since, until=until)
    return redirect("national_portal:run", run_id=run.pk)


@require_safe
@audience("official")
def show_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """One comparison with its differences."""
    run = reconciliation(_actor(request), run_id)
    return render(request, "national_portal/run.html", {"run": run})


@require_safe
@never_cache
@audience("official")
def show_inbound(request: HttpRequest, inbound_id: int) -> HttpResponse:
    """A dossier that came from the portal: as read, beside what came."""
    page = inbound_page(_actor(request), inbound_id)
    return render(request, "national_portal/inbound.html", {"page": page})


@require_POST
@audience("official")
def settle(request: HttpRequest, inbound_id: int) -> HttpResponse:
    """Try to file it again (POST ``do=again``), or close it with a note (``do=aside``)."""
    actor = _actor(request)
    if request.POST.get("do") == "again":
        take_again(actor=actor, inbound_id=inbound_id)
        messages.success(request, _("Hệ thống đang thử vào sổ lại hồ sơ này."))
    else:
        set_aside(actor=actor, inbound_id=inbound_id, note=request.POST.get("note", ""))
        messages.success(request, _("Đã ghi nhận cách xử lý."))
    return redirect("national_portal:inbound", inbound_id=inbound_id)
