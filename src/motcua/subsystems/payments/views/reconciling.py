"""Reconciliation: money that does not explain itself, and what a person decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.access.public import audience
from motcua.foundation.errors import InvalidInput
from motcua.subsystems.payments.asking import actor_of_request, dong_of, said
from motcua.subsystems.payments.selectors import (
    PAGE,
    arrivals_left,
    desk_agency,
    recent_arrivals,
)
from motcua.subsystems.payments.services import ask_refund, keep_rest, match_by_hand, recognise
from motcua.subsystems.payments.services.refunds import OFFERED, Wish


@require_http_methods(["GET", "POST"])
@audience("official")
def reconcile(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; each with the ways out of it."""
    actor = actor_of_request(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _decide(request)
            messages.success(request, _("Đã ghi."))
            return redirect("payments_console:reconcile")
        except InvalidInput as problem:
            errors = said(dict(problem.fields))
    after = request.GET.get("sau", "")
    rows = arrivals_left(actor, after=int(after) if after.isdecimal() and len(after) < 18 else 0)
    context = {
        "agency": desk_agency(actor),
        "rows": rows[:PAGE],
        "next": f"?sau={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "recent": recent_arrivals(actor),
        "ways": [(way.value, _(str(way.label))) for way in OFFERED],
        "errors": errors,
        "typed": request.POST,
    }
    status = 422 if errors else 200
    return render(request, "payments/console/reconcile.html", context, status=status)


def _decide(request: HttpRequest) -> None:
    actor, posted = actor_of_request(request), request.POST
    uid, reason = posted.get("arrival", ""), posted.get("reason", "")
    amount = dong_of(posted.get("amount"))
    what = posted.get("what", "")
    if what == "match":
        match_by_hand(actor=actor, uid=uid, code=posted.get("code", ""))
    elif what == "refund":
        wish = Wish(amount, reason, posted.get("way", ""), posted.get("payee", ""))
        ask_refund(actor=actor, arrival_uid=uid, wish=wish)
    elif what == "keep":
        keep_rest(actor=actor, uid=uid, amount=amount, reason=reason)
    elif what == "recognise":
        recognise(actor=actor, uid=uid, amount=amount, reason=reason)
