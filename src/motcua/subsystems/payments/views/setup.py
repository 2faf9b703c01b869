"""Receiving accounts and the keys of bank notices, for the head of the centre."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.casework.access.public import audience
from motcua.foundation.errors import InvalidInput
from motcua.subsystems.payments.asking import actor_of_request, day_of, said
from motcua.subsystems.payments.permissions import SETTINGS
from motcua.subsystems.payments.selectors import accounts_of, desk_agency, notice_keys_of
from motcua.subsystems.payments.services import end_notice_key, make_notice_key, set_account

FIELDS = ("bank_bin", "bank_name", "number", "holder", "basis")


@require_http_methods(["GET", "POST"])
@audience("official")
@never_cache
def setup(request: HttpRequest) -> HttpResponse:
    """Show both; each small form changes one thing. A new secret is shown this once."""
    actor = actor_of_request(request)
    agency = desk_agency(actor, SETTINGS)
    errors: dict[str, str] = {}
    secret: tuple[str, str] | None = None
    if request.method == "POST":
        try:
            secret = _change(request, agency.pk)
            if secret is None:
                messages.success(request, _("Đã ghi."))
                return redirect("payments_console:setup")
        except InvalidInput as problem:
            errors = said(dict(problem.fields))
    context = {
        "agency": agency,
        "accounts": accounts_of(actor),
        "keys": notice_keys_of(actor),
        "secret": secret,
        "notice_address": settings.PUBLIC_URL.rstrip("/") + reverse("payments:bank_notice"),
        "errors": errors,
        "typed": request.POST,
    }
    status = 422 if errors else 200
    return render(request, "payments/console/setup.html", context, status=status)


def _change(request: HttpRequest, agency_id: int) -> tuple[str, str] | None:
    actor, posted = actor_of_request(request), request.POST
    what = posted.get("what", "")
    if what == "account":
        values = {name: posted.get(name, "").strip() for name in FIELDS}
        day = day_of(posted.get("valid_from", ""))
        set_account(actor=actor, agency_id=agency_id, valid_from=day, **values)
    elif what == "key":
        key, secret = make_notice_key(actor=actor, agency_id=agency_id, bank=posted.get("bank", ""))
        return key.key_id, secret
    elif what == "end":
        end_notice_key(actor=actor, key_id=posted.get("key_id", ""))
    return None
