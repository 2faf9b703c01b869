"""The cashier's desk: one's drawer, counting it, approving others'."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.access.public import allowed, audience
from motcua.foundation.errors import InvalidInput
from motcua.foundation.ids import new_uid
from motcua.foundation.timesource import today
from motcua.subsystems.payments.asking import actor_of_request, dong_of, said
from motcua.subsystems.payments.models import CashDrawer
from motcua.subsystems.payments.permissions import APPROVE, COLLECT
from motcua.subsystems.payments.printing import drawer_sheet
from motcua.subsystems.payments.rules.books import DENOMINATIONS
from motcua.subsystems.payments.selectors import (
    desk_agency,
    drawer_by_uid,
    drawer_lines,
    drawers_of,
    own_drawer,
)
from motcua.subsystems.payments.services import (
    approve_drawer,
    correct_drawer,
    count_drawer,
    open_drawer,
)


@require_http_methods(["GET", "POST"])
@audience("official")
def desk(request: HttpRequest) -> HttpResponse:
    """One's cash of today, and the drawers of the agency; a post begins the day."""
    actor = actor_of_request(request)
    agency = desk_agency(actor, COLLECT)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            opening = dong_of(request.POST.get("opening"))
            made = open_drawer(actor=actor, agency_id=agency.pk, opening=opening)
            return redirect("payments_console:drawer", uid=made.uid)
        except InvalidInput as problem:
            errors = said(dict(problem.fields))
    context = {
        "agency": agency,
        "own": own_drawer(actor, today()),
        "drawers": drawers_of(actor),
        "errors": errors,
        "typed": request.POST,
    }
    status = 422 if errors else 200
    return render(request, "payments/console/cash.html", context, status=status)


@require_http_methods(["GET", "POST"])
@audience("official")
def drawer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One drawer: its lines, a correction, the count, the approval."""
    actor = actor_of_request(request)
    found = drawer_by_uid(actor, uid)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _work(request, found)
            messages.success(request, _("Đã ghi."))
            return redirect("payments_console:drawer", uid=uid)
        except InvalidInput as problem:
            errors = said(dict(problem.fields))
    lines = drawer_lines(found)
    context = {
        "drawer": found,
        "lines": lines,
        "sum": sum(line.amount for line in lines),
        "own": found.clerk_id == actor.account_id,
        "may_approve": allowed(actor, APPROVE, agency_id=found.agency_id)
        and found.clerk_id != actor.account_id,
        "notes": [(v, f"note_{v}", request.POST.get(f"note_{v}", "")) for v in DENOMINATIONS],
        "counted": [(int(v), n, int(v) * n) for v, n in found.pieces.items()],
        "key": new_uid(),
        "errors": errors,
        "typed": request.POST,
    }
    status = 422 if errors else 200
    return render(request, "payments/console/drawer.html", context, status=status)


def _work(request: HttpRequest, found: CashDrawer) -> None:
    actor, posted = actor_of_request(request), request.POST
    what = posted.get("what", "")
    if what == "count":
        pieces = {v: _pieces(posted.get(f"note_{v}", "")) for v in DENOMINATIONS}
        count_drawer(
            actor=actor,
            uid=found.uid,
            pieces=pieces,
            explanation=posted.get("explanation", ""),
        )
    elif what == "correct":
        correct_drawer(
            actor=actor,
            uid=found.uid,
            amount=dong_of(posted.get("amount")),
            reason=posted.get("reason", ""),
            key=posted.get("key", ""),
        )
    elif what in {"approve", "return"}:
        approve_drawer(actor=actor, uid=found.uid, accepted=what == "approve")


def _pieces(text: str) -> int:
    text = text.strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1


@require_safe
@audience("official")
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The hand-over sheet, to print and sign."""
    found = drawer_by_uid(actor_of_request(request), uid)
    return HttpResponse(drawer_sheet(found), content_type="application/pdf")
