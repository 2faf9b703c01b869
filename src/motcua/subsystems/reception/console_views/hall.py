"""The clerk's page of the hall: open a counter, call, recall, send on, finish."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import DomainError, NotFound
from motcua.subsystems.reception import services
from motcua.subsystems.reception.asking import actor_of_request, day_of, is_english, number_of
from motcua.subsystems.reception.console_views.showing import hall_screen
from motcua.subsystems.reception.rules import LEVELS, REASONS
from motcua.subsystems.reception.selectors import centre_of, day_figures, field_codes, hall

HALL = "reception_console:hall"


@require_safe
@audience("official")
def board(request: HttpRequest) -> HttpResponse:
    """The whole page; its live part is asked again every few seconds."""
    return render(request, "reception/console/hall.html", _screen(request))


@require_safe
@audience("official")
def live(request: HttpRequest) -> HttpResponse:
    """The part that changes while one looks."""
    return render(request, "reception/console/hall_live.html", _screen(request))


def _screen(request: HttpRequest) -> dict[str, object]:
    actor = actor_of_request(request)
    return {"screen": hall_screen(hall(actor, centre_of(actor)), is_english())}


@require_POST
@audience("official")
def open_counter(request: HttpRequest) -> HttpResponse:
    """Sit down at a counter."""
    counter = number_of(request.POST.get("counter"))
    return _done(request, lambda: services.open_counter(
        actor=actor_of_request(request), counter_id=counter))  # fmt: skip


@require_POST
@audience("official")
def close_counter(request: HttpRequest) -> HttpResponse:
    """Leave the own counter, or close a forgotten one."""
    other = number_of(request.POST.get("counter"))
    return _done(request, lambda: services.close_counter(
        actor=actor_of_request(request), counter_id=other if other > 0 else None))  # fmt: skip


@require_POST
@audience("official")
def call_next(request: HttpRequest) -> HttpResponse:
    """Call the next ticket."""

    def call() -> None:
        if services.call_next(actor=actor_of_request(request)) is None:
            messages.info(request, _("Không còn ai chờ quầy này."))

    return _done(request, call)


@require_POST
@audience("official")
def act(request: HttpRequest, uid: UUID, what: str) -> HttpResponse:
    """Recall, begin, mark absent, finish or bring back one ticket."""
    verbs = {
        "goi-lai": services.recall,
        "bat-dau": services.begin_service,
        "vang": services.mark_missed,
        "xong": services.finish,
        "cho-lai": services.bring_back,
    }
    if what not in verbs:
        raise NotFound
    return _done(request, lambda: verbs[what](actor=actor_of_request(request), uid=uid))


@require_POST
@audience("official")
def transfer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the person on; ``to`` is ``field:<code>`` or ``counter:<id>``."""
    kind, _colon, value = request.POST.get("to", "").partition(":")
    field = value if kind == "field" and value in field_codes() else ""
    counter = number_of(value) if kind == "counter" else None
    return _done(request, lambda: services.transfer(
        actor=actor_of_request(request), uid=uid, field=field, counter_id=counter))  # fmt: skip


@require_POST
@audience("official")
def hand_out(request: HttpRequest) -> HttpResponse:
    """Draw a number for somebody who stands there, without the kiosk."""
    actor = actor_of_request(request)

    def draw() -> None:
        ticket = services.take_ticket(
            actor=actor,
            agency_id=centre_of(actor).pk,
            field=request.POST.get("field", ""),
            fields=field_codes(),
            group=request.POST.get("group", ""),
        )
        messages.success(request, _("Đã lấy số %(label)s.") % {"label": ticket.label})

    return _done(request, draw)


def _done(request: HttpRequest, work: object) -> HttpResponse:
    """Do it and show the hall; a refusal is said there, nothing is lost."""
    try:
        work()  # type: ignore[operator]
    except NotFound:
        raise
    except DomainError as problem:
        text = problem.text().in_language(get_language() or "vi")
        messages.warning(request, text)
    return redirect(HALL)


@require_safe
@audience("official")
def figures(request: HttpRequest) -> HttpResponse:
    """A day in numbers."""
    actor = actor_of_request(request)
    day = day_of(request.GET.get("ngay", ""))
    found = day_figures(actor, centre_of(actor), day)
    levels = [(LEVELS[n], found.ratings.get(n, 0)) for n in sorted(LEVELS, reverse=True)]
    reasons = [(REASONS[c], n) for c, n in found.reasons.items() if c in REASONS]
    context = {"figures": found, "levels": levels, "reasons": reasons}
    return render(request, "reception/console/figures.html", context)
