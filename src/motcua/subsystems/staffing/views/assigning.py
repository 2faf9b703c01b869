"""Giving many cases to officers: choose the way, look through, confirm, watch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.casework.agencies.public import Agency
from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import Case, kind_of
from motcua.casework.clock.public import row_badge
from motcua.foundation.errors import InvalidInput
from motcua.foundation.timesource import now, today
from motcua.subsystems.staffing.asking import actor_of_request, agency_asked, number_of, said
from motcua.subsystems.staffing.manifest import DISTRIBUTE
from motcua.subsystems.staffing.rules import Waiting, share, weight
from motcua.subsystems.staffing.selectors import (
    distribution_of,
    distributions,
    handled,
    officers,
    rule_of,
    subjects,
    waiting,
)
from motcua.subsystems.staffing.services import (
    distribute,
    let_handle,
    set_rule,
    stop_distribution,
    stop_handling,
)
from motcua.subsystems.staffing.words import WAYS, choices


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page was asked to show."""

    agency: Agency
    agencies: list[Agency]
    way: str
    subject: str
    holder: int | None


def _asked(actor: Actor, data: Any) -> Asked:
    agency, known = agency_asked(actor, data.get("agency"), DISTRIBUTE)
    way = data.get("way", "")
    way = way if way in WAYS else "load"
    return Asked(agency, known, way, data.get("subject", "")[:40], number_of(data.get("holder")))


@never_cache
@require_http_methods(["GET", "POST"])
@audience("official")
def assigning(request: HttpRequest) -> HttpResponse:
    """What waits, with a proposal for each; a post gives what is ticked."""
    actor = actor_of_request(request)
    asked = _asked(actor, request.POST if request.method == "POST" else request.GET)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return redirect("staffing:distribution", uid=_give(request, asked).uid)
        except InvalidInput as problem:
            errors = said(problem.fields)
    context = {**_proposal(actor, asked, request), "errors": errors}
    return render(request, "staffing/assign.html", context, status=422 if errors else 200)


def _give(request: HttpRequest, asked: Asked) -> Any:
    posted = request.POST
    given = {
        int(case): officer
        for case in posted.getlist("case")
        if number_of(case) and (officer := number_of(posted.get(f"officer-{case}")))
    }
    return distribute(
        actor=actor_of_request(request),
        agency_id=asked.agency.pk,
        way=asked.way,
        given=given,
        holder=asked.holder,
    )


def _proposal(actor: Actor, asked: Asked, request: HttpRequest) -> dict[str, Any]:
    at, calendar = now(), calendar_for(asked.agency.pk)
    people = officers(asked.agency.pk, today(), at)
    here = [one for one, _name, away in people if not away and one.account_id != asked.holder]
    cases = waiting(actor, asked.agency.pk, subject=asked.subject, holder=asked.holder)
    given = share([_facts(case) for case in cases], here, asked.way, at)
    posted = request.POST
    if request.method == "POST":
        given |= {c.pk: number_of(posted.get(f"officer-{c.pk}")) for c in cases}
    ticked = set(posted.getlist("case")) if request.method == "POST" else None
    gets = Counter(officer for officer in given.values() if officer)
    adds: Counter[int] = Counter()
    for case in cases:
        if officer := given[case.pk]:
            adds[officer] += weight(case.due_at, at)
    return {
        "asked": asked,
        "agencies": [(one.pk, one.name) for one in asked.agencies],
        "ways": choices(WAYS),
        "subjects": subjects(asked.agency.pk),
        "holders": [(one.account_id, name) for one, name, _away in people],
        "takers": [(one.account_id, name) for one, name, away in people if not away],
        "people": [
            (name, away, one.load, gets[one.account_id], one.load + adds[one.account_id])
            for one, name, away in people
        ],
        "rows": [
            (
                case,
                reverse(kind_of(case.kind).url_name, args=[case.uid]),
                row_badge(case.clock_state, case.due_at, at, calendar),
                given[case.pk],
                ticked is None or str(case.pk) in ticked,
            )
            for case in cases
        ],
        "rule": rule_of(asked.agency.pk),
        "handled": handled(asked.agency.pk, today()),
        "latest": distributions(actor, asked.agency.pk),
    }


def _facts(case: Case) -> Waiting:
    parties = frozenset(p for p in (case.applicant_id, case.submitter_id) if p is not None)
    return Waiting(case.pk, case.subject_code, case.due_at, parties)


@require_POST
@audience("official")
def rule(request: HttpRequest) -> HttpResponse:
    """Set or switch off the standing rule (POST ``way``, empty for none)."""
    actor, posted = actor_of_request(request), request.POST
    agency, _known = agency_asked(actor, posted.get("agency"), DISTRIBUTE)
    set_rule(actor=actor, agency_id=agency.pk, way=posted.get("way", ""))
    messages.success(request, _("Đã ghi quy tắc; có hiệu lực với hồ sơ đến từ bây giờ."))
    return redirect("staffing:assign")


@require_POST
@audience("official")
def handle(request: HttpRequest) -> HttpResponse:
    """An officer handles a procedure (POST ``officer``, ``subject``), or no longer (``end``)."""
    actor, posted = actor_of_request(request), request.POST
    agency, _known = agency_asked(actor, posted.get("agency"), DISTRIBUTE)
    if ended := number_of(posted.get("end")):
        stop_handling(actor=actor, handles_id=ended)
    else:
        let_handle(
            actor=actor,
            agency_id=agency.pk,
            account_id=number_of(posted.get("officer")) or 0,
            subject=posted.get("subject", ""),
        )
    messages.success(request, _("Đã ghi."))
    return redirect("staffing:assign")


@never_cache
@require_safe
@audience("official")
def distribution(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a distribution is, and what could not be given with the reason."""
    found = distribution_of(actor_of_request(request), uid)
    items = found.items.select_related("case", "account").order_by("pk")  # type: ignore[attr-defined]
    context = {
        "run": found,
        "refused": items.exclude(refused=""),
        "given": dict(Counter(i.account.display_name for i in items if i.done_at)),
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"staffing/{'state' if part else 'distribution'}.html", context)


@require_POST
@audience("official")
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop a distribution that is still going on."""
    stop_distribution(actor=actor_of_request(request), uid=uid)
    messages.success(request, _("Đã dừng. Hồ sơ chưa giao vẫn chờ như trước."))
    return redirect("staffing:distribution", uid=uid)
