"""Pages of the evaluation: periods, units, persons, dossiers, and what is published."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.foundation.errors import InvalidInput, NotFound
from motcua.subsystems.supervision import selectors, services
from motcua.subsystems.supervision.board import agency_board, board
from motcua.subsystems.supervision.reach import whole_city


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


def _number(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _said(error: InvalidInput) -> dict[str, str]:
    language = get_language() or "vi"
    return {name: text.in_language(language) for name, text in error.fields.items()}


@require_safe
@audience("public")
def published(request: HttpRequest) -> HttpResponse:
    """Results of units in a closed period (GET ``ky``): never of persons."""
    closed, period, units = selectors.published_units(request.GET.get("ky", ""))
    context = {"closed": closed, "period": period, "units": units}
    return render(request, "supervision/published.html", context)


@require_safe
@audience("official")
def show_periods(request: HttpRequest) -> HttpResponse:
    """All periods."""
    context = {"periods": selectors.periods(), "may_open": whole_city(_actor(request))}
    return render(request, "supervision/periods.html", context)


@require_POST
@audience("official")
def open_new(request: HttpRequest) -> HttpResponse:
    """Open a period (POST ``code``)."""
    try:
        period = services.open_period(actor=_actor(request), code=request.POST.get("code", ""))
    except InvalidInput as error:
        context = {
            "periods": selectors.periods(), "may_open": True, "errors": _said(error),
            "typed": request.POST,
        }  # fmt: skip
        return render(request, "supervision/periods.html", context, status=422)
    return redirect("supervision:period", code=period.code)


@require_safe
@audience("official")
def show_period(request: HttpRequest, code: str) -> HttpResponse:
    """A period with its units."""
    page = selectors.period_page(_actor(request), code, after=request.GET.get("after", "")[:40])
    return render(request, "supervision/period.html", {"page": page})


@require_POST
@audience("official")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a period: its results are frozen."""
    services.ask_closing(actor=_actor(request), period=selectors.period_by(code))
    messages.success(request, _("Đang chốt kết quả của kỳ."))
    return redirect("supervision:period", code=code)


@require_safe
@never_cache
@audience("official")
def show_unit(request: HttpRequest, code: str, agency: str) -> HttpResponse:
    """A unit's result with what it is made of."""
    page = selectors.unit_page(_actor(request), code, agency, after=_number(request))
    return render(request, "supervision/unit.html", {"page": page})


@require_POST
@audience("official")
def enter(request: HttpRequest, code: str, agency: str) -> HttpResponse:
    """Enter a unit's finding (POST ``criterion``, its fields, ``evidence``)."""
    actor, text = _actor(request), request.POST.get("criterion", "")
    if text not in {str(n) for n in services.FIELDS}:
        raise NotFound
    period, unit = selectors.period_by(code), selectors.agency_by(agency)
    try:
        services.enter_fact(
            actor=actor, period=period, agency=unit, criterion=int(text), given=request.POST
        )
    except InvalidInput as error:
        page = selectors.unit_page(actor, code, agency)
        context = {"page": page, "errors": _said(error), "typed": request.POST, "failed": int(text)}
        context["lines"] = [(f"f{text}-{name}", words) for name, words in _said(error).items()]
        return render(request, "supervision/unit.html", context, status=422)
    messages.success(request, _("Đã ghi."))
    return redirect("supervision:unit", code=code, agency=agency)


@require_safe
@never_cache
@audience("official")
def show_person(request: HttpRequest, code: str, agency: str, account: UUID) -> HttpResponse:
    """A person's result: open to the person, the head of the unit and the supervisor."""
    page = selectors.person_page(_actor(request), code, agency, account, after=_number(request))
    return render(request, "supervision/person.html", {"page": page})


@require_safe
@never_cache
@audience("official")
def show_dossier(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Each point of a dossier with its reason."""
    page = selectors.dossier_scores(_actor(request), code, uid)
    return render(request, "supervision/dossier.html", {"page": page})


@require_POST
@audience("official")
def attitude(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Enter whether a complaint about attitude is right (POST ``right``, ``evidence``)."""
    try:
        services.find_attitude(
            actor=_actor(request),
            uid=uid,
            substantiated=request.POST.get("right") == "yes",
            evidence=request.POST.get("evidence", ""),
        )
    except InvalidInput as error:
        page = selectors.dossier_scores(_actor(request), code, uid)
        context = {"page": page, "errors": _said(error), "typed": request.POST}
        return render(request, "supervision/dossier.html", context, status=422)
    return redirect("supervision:dossier", code=code, uid=uid)


@require_safe
@never_cache
@audience("official")
def show_board(request: HttpRequest) -> HttpResponse:
    """Late, nearly late and open work of every agency open to the actor."""
    return render(request, "supervision/board.html", {"board": board(_actor(request))})


@require_safe
@never_cache
@audience("official")
def show_agency(request: HttpRequest, agency: str) -> HttpResponse:
    """The same for one agency by officer, with its latest cases."""
    context = {"board": agency_board(_actor(request), agency)}
    return render(request, "supervision/board.html", context)
