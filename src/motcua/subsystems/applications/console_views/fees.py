"""Taking fees at the counter, and the receipt."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.casework.cases.public import access_case
from motcua.foundation.errors import NotFound
from motcua.subsystems.applications.console_views.case_page import actor_of_request
from motcua.subsystems.payments.public import Receipt, charge_of, collect


@require_POST
@audience("official")
def take_fee(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the whole amount and open the numbered receipt."""
    actor = actor_of_request(request)
    method = request.POST.get("method", "")
    if method not in {Receipt.Method.CASH, Receipt.Method.TRANSFER}:
        messages.error(request, _("Hãy chọn cách nộp: tiền mặt hoặc chuyển khoản."))
        return redirect("applications_console:case", uid=uid)
    case = access_case(actor, uid, kind="application")
    payer = request.POST.get("payer", "").strip()
    taken = collect(actor=actor, case=case, method=method, payer=payer)
    messages.success(request, _("Đã thu, biên lai số %(number)s.") % {"number": taken})
    return redirect("applications_console:receipt", uid=uid)


@require_safe
@audience("official")
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The receipt, to read and print."""
    actor = actor_of_request(request)
    case = access_case(actor, uid, kind="application")
    charge = charge_of(actor, case.pk)
    given = getattr(charge, "receipt", None)
    if charge is None or given is None:
        raise NotFound
    context = {"case": case, "charge": charge, "receipt": given}
    return render(request, "applications/console/receipt.html", context)
