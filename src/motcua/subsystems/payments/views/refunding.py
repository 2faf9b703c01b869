"""Refunds: asked, approved by another person, paid out; receipts replaced."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.access.public import allowed, audience
from motcua.foundation.errors import InvalidInput
from motcua.subsystems.payments.asking import actor_of_request, dong_of, said
from motcua.subsystems.payments.permissions import APPROVE
from motcua.subsystems.payments.selectors import desk_agency, receipt_for, refunds_of
from motcua.subsystems.payments.services import (
    ask_refund,
    decide_refund,
    pay_refund,
    replace_receipt,
)
from motcua.subsystems.payments.services.refunds import OFFERED, Wish


@require_http_methods(["GET", "POST"])
@audience("official")
def refunds(request: HttpRequest) -> HttpResponse:
    """Every refund with its state; posts decide and pay out."""
    actor = actor_of_request(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        uid, what = request.POST.get("refund", ""), request.POST.get("what", "")
        try:
            if what in {"approve", "refuse"}:
                decide_refund(actor=actor, uid=uid, approved=what == "approve")
            elif what == "pay":
                pay_refund(actor=actor, uid=uid, proof=request.POST.get("proof", ""))
            messages.success(request, _("Đã ghi."))
            return redirect("payments_console:refunds")
        except InvalidInput as problem:
            errors = said(dict(problem.fields))
    agency = desk_agency(actor)
    context = {
        "agency": agency,
        "rows": refunds_of(actor),
        "may_approve": allowed(actor, APPROVE, agency_id=agency.pk),
        "me": actor.account_id,
        "errors": errors,
    }
    status = 422 if errors else 200
    return render(request, "payments/console/refunds.html", context, status=status)


@require_http_methods(["GET", "POST"])
@audience("official")
def replace(request: HttpRequest, number: int) -> HttpResponse:
    """A receipt: refund it, in part or whole, or replace it by a right one."""
    actor = actor_of_request(request)
    receipt = receipt_for(actor, number)
    errors: dict[str, str] = {}
    posted = request.POST
    if request.method == "POST":
        try:
            if posted.get("what") == "refund":
                wish = Wish(
                    dong_of(posted.get("amount")),
                    posted.get("reason", ""),
                    posted.get("way", ""),
                    posted.get("payee", ""),
                )
                ask_refund(actor=actor, receipt_id=receipt.pk, wish=wish)
            else:
                replace_receipt(
                    actor=actor,
                    receipt_id=receipt.pk,
                    payer=posted.get("payer", ""),
                    reason=posted.get("reason", ""),
                )
            messages.success(request, _("Đã ghi."))
            return redirect("payments_console:refunds")
        except InvalidInput as problem:
            errors = said(dict(problem.fields))
    context = {
        "receipt": receipt,
        "ways": [(way.value, _(str(way.label))) for way in OFFERED],
        "may_replace": allowed(actor, APPROVE, agency_id=receipt.agency_id),
        "errors": errors,
        "typed": posted,
    }
    status = 422 if errors else 200
    return render(request, "payments/console/receipt.html", context, status=status)
