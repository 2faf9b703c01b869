"""After filing at the counter: the fee, Form 01 with one key, the next person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.access.public import audience
from motcua.subsystems.applications.console_views.case_page import actor_of_request
from motcua.subsystems.applications.public import dossier_page
from motcua.subsystems.payments.public import Charge, Receipt, collect


@require_http_methods(["GET", "POST"])
@audience("official")
def done(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The dossier just received; a post takes the whole fee in cash."""
    actor = actor_of_request(request)
    page = dossier_page(actor, uid)
    if request.method == "POST":
        number = collect(actor=actor, case=page.case, method=Receipt.Method.CASH)
        messages.success(request, _("Đã thu, biên lai số %(number)s.") % {"number": number})
        return redirect("applications_console:counter_done", uid=uid)
    owed = page.charge is not None and page.charge.state == Charge.State.OPEN
    forms = {slip.form for slip in page.slips}
    context = {"page": page, "case": page.case, "owed": owed, "has_receipt": "01" in forms}
    return render(request, "applications/console/counter_done.html", context)
