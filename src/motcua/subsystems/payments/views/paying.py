"""The payer's page: what is due and why, ways to pay, the receipt."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.access.public import audience
from motcua.casework.cases.public import access_case
from motcua.casework.issuing.public import hand_out_document, qr_svg
from motcua.foundation.errors import DomainError, NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.payments.asking import actor_of_request
from motcua.subsystems.payments.models import PaymentOrder
from motcua.subsystems.payments.printing import receipt_document
from motcua.subsystems.payments.rules.vietqr import vietqr
from motcua.subsystems.payments.selectors import (
    account_of,
    charge_of,
    collecting_agency,
    obligations_of,
    order_by_uid,
    orders_of,
    receipts_of,
)
from motcua.subsystems.payments.services import order_payment

WAYS = frozenset(PaymentOrder.Way.values)


@require_http_methods(["GET", "POST"])
@audience("citizen")
@never_cache
def pay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is due, line by line; a post opens one way to pay it."""
    actor = actor_of_request(request)
    case = access_case(actor, uid)
    charge = charge_of(actor, case.pk)
    duties = obligations_of(case.pk)
    if charge is None and not duties:
        raise NotFound
    way = request.POST.get("way", "")
    if request.method == "POST" and way in WAYS:
        try:
            order_payment(actor=actor, case=case, way=way)
        except DomainError as error:
            messages.error(request, error.text().in_language(request.LANGUAGE_CODE))
        return redirect("payments:pay", uid=uid)
    open_charge = charge if charge and charge.state == "open" else None
    orders = orders_of(open_charge) if open_charge else []
    live = [o for o in orders if o.state == "open" and not o.ran_out(now())]
    context = {
        "case": case,
        "charge": charge,
        "duties": [duty for duty in duties if duty.state != "void"],
        "orders": live,
        "receipts": receipts_of(charge) if charge else [],
        "has_account": account_of(collecting_agency(case), today()) is not None,
    }
    return render(request, "payments/citizen/pay.html", context)


@require_safe
@audience("citizen")
@never_cache
def state(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whether an order was paid: 204 while it waits, else the page is told to load anew."""
    order = order_by_uid(actor_of_request(request), uid)
    if order.state == PaymentOrder.State.OPEN and order.charge.state == "open":
        return HttpResponse(status=204)
    response = HttpResponse(status=200)
    response["HX-Refresh"] = "true"
    return response


@require_safe
@audience("citizen")
@never_cache
def qr(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The VietQR code of an order as a picture."""
    order = order_by_uid(actor_of_request(request), uid)
    if order.account is None:
        raise NotFound
    text = vietqr(
        bank_bin=order.account.bank_bin,
        account=order.account.number,
        amount=order.amount,
        reference=order.reference,
    )
    return HttpResponse(qr_svg(text), content_type="image/svg+xml")


@require_safe
@audience("citizen")
@never_cache
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sealed receipt as PDF; the valid one when it was replaced."""
    actor = actor_of_request(request)
    charge = charge_of(actor, access_case(actor, uid).pk)
    given = receipts_of(charge) if charge else []
    if charge is None or not given:
        raise NotFound
    document = receipt_document(given[-1], charge)
    response = HttpResponse(hand_out_document(actor, document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-lai-{given[-1].number:06d}.pdf"'
    return response
