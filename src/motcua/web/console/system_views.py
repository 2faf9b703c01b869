"""The pages of the house: background jobs, the ledger, the calendar, the agencies."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import audience, require
from motcua.casework.calendar.public import change_calendar_day
from motcua.casework.ledger.public import record
from motcua.foundation.errors import InvalidInput
from motcua.foundation.outbox.public import retry_dead
from motcua.web.console.menu import SEE_SYSTEM
from motcua.web.console.system import (
    DayForm,
    agencies_screen,
    calendar_screen,
    jobs_screen,
    ledger_screen,
    year_of,
)
from motcua.web.console.views import actor_of_request


@require_safe
@audience("official")
def jobs(request: HttpRequest) -> HttpResponse:
    """Queues and dead letters."""
    require(actor_of_request(request), SEE_SYSTEM)
    after = request.GET.get("after", "")
    screen = jobs_screen(int(after) if after.isdecimal() else None)
    return render(request, "console/jobs.html", {"screen": screen})


@require_POST
@audience("official")
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Put one dead letter back in its queue; recorded in the ledger."""
    actor = actor_of_request(request)
    require(actor, SEE_SYSTEM)

    def keep(ids: list[int]) -> None:
        record(actor=actor, chain="jobs", verb="console.retry_job", after={"jobs": ids})

    done = retry_dead(by=f"account:{actor.account_id}", job_ids=[job_id], record=keep)
    words = _("Đã đưa việc vào hàng đợi để chạy lại.") if done else _("Việc này không còn ở đây.")
    messages.success(request, words)
    return redirect("console:jobs")


@require_http_methods(["GET", "POST"])
@audience("official")
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger's last closed period; a POST reads all chains again and says what it found."""
    require(actor_of_request(request), SEE_SYSTEM)
    screen = ledger_screen(check=request.method == "POST")
    return render(request, "console/ledger.html", {"screen": screen})


@require_safe
@audience("official")
def calendar(request: HttpRequest) -> HttpResponse:
    """The special days of a year and the form that changes one."""
    require(actor_of_request(request), SEE_SYSTEM)
    screen = calendar_screen(year_of(request.GET.get("year", "")))
    return render(request, "console/calendar.html", {"screen": screen})


@require_POST
@audience("official")
def change_day(request: HttpRequest) -> HttpResponse:
    """First show what a change would mean, then make it."""
    actor, form = actor_of_request(request), DayForm.read(request.POST)
    require(actor, SEE_SYSTEM)
    errors = form.problems()
    if form.confirmed and not errors:
        try:
            row = change_calendar_day(actor=actor, **form.change())
        except InvalidInput as problem:
            errors = problem.fields
        else:
            messages.success(request, _("Đã ghi. Các thời hạn đang chạy được tính lại ngay."))
            return redirect(f"{request.path.removesuffix('thay-doi/')}?year={row.date.year}")
    year = form.date.year if form.date else year_of("")
    screen = calendar_screen(year, form, errors)
    return render(
        request, "console/calendar.html", {"screen": screen}, status=422 if errors else 200
    )


@require_safe
@audience("official")
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies as they were on a date."""
    require(actor_of_request(request), SEE_SYSTEM)
    given = request.GET
    screen = agencies_screen(
        given.get("on", ""), given.get("q", "").strip(), given.get("after", "")
    )
    return render(request, "console/agencies.html", {"screen": screen})
