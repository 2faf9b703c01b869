"""Who is away: one's own days, those to decide, and who stands in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.access.public import Actor, allowed, audience
from motcua.foundation.errors import InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.staffing.asking import (
    actor_of_request,
    agency_asked,
    day_of,
    number_of,
    said,
)
from motcua.subsystems.staffing.manifest import APPROVE
from motcua.subsystems.staffing.models import Absence
from motcua.subsystems.staffing.selectors import absences, colleagues
from motcua.subsystems.staffing.services import (
    ask_absence,
    decide_absence,
    end_absence,
    record_absence,
)
from motcua.subsystems.staffing.services.absences import Away
from motcua.subsystems.staffing.words import KINDS, STATES, TONES, choices


@require_http_methods(["GET", "POST"])
@audience("official")
def absences_page(request: HttpRequest) -> HttpResponse:
    """The absences one may see; a post asks for one, or a head enters one."""
    actor, posted = actor_of_request(request), request.POST
    agency, agencies = agency_asked(actor, posted.get("agency") or request.GET.get("co-quan"))
    head = allowed(actor, APPROVE, agency_id=agency.pk)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _ask(request, agency.pk, head=head)
            return redirect("staffing:absences")
        except InvalidInput as problem:
            errors = said(problem.fields)
    people = colleagues(agency.pk, None, today())
    context = {
        "agency": agency,
        "agencies": [(one.pk, one.name) for one in agencies],
        "head": head,
        "people": people,
        "kinds": choices(KINDS),
        "rows": [_row(actor, one) for one in absences(actor)],
        "errors": errors,
        "typed": posted,
        "today": today(),
    }
    status = 422 if errors else 200
    return render(request, "staffing/absences.html", context, status=status)


def _ask(request: HttpRequest, agency_id: int, *, head: bool) -> None:
    actor, posted = actor_of_request(request), request.POST
    away = Away(
        day_of(posted.get("begins")),
        day_of(posted.get("ends")),
        posted.get("kind", ""),
        number_of(posted.get("substitute")),
    )
    who = number_of(posted.get("account"))
    if head and who and who != actor.account_id:
        record_absence(actor=actor, agency_id=agency_id, account_id=who, away=away)
        messages.success(request, _("Đã ghi ngày vắng mặt."))
        return
    ask_absence(actor=actor, agency_id=agency_id, away=away)
    messages.success(request, _("Đã gửi. Người phụ trách sẽ duyệt."))


def _row(actor: Actor, absence: Absence) -> dict[str, object]:
    own = absence.account_id == actor.account_id
    head = allowed(actor, APPROVE, agency_id=absence.agency_id)
    asked = absence.state == Absence.State.ASKED
    running = absence.state == Absence.State.APPROVED and absence.ends >= today()
    return {
        "absence": absence,
        "kind": KINDS[absence.kind],
        "state": STATES[absence.state],
        "tone": TONES.get(absence.state, "neutral"),
        "may_decide": asked and head and not own,
        "may_end": (asked and own) or (running and (own or head)),
    }


@require_POST
@audience("official")
def absence_act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Approve, refuse or end (POST ``do``)."""
    actor, what = actor_of_request(request), request.POST.get("do", "")
    if what == "end":
        end_absence(actor=actor, uid=uid)
    else:
        decide_absence(actor=actor, uid=uid, approve=what == "approve")
    messages.success(request, _("Đã ghi."))
    return redirect("staffing:absences")
