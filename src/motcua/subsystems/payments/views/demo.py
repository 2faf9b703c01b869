"""The demo's bank at the citizen's side: it pays an order at once. There only in a demo."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.casework.access.public import audience
from motcua.foundation.errors import NotFound
from motcua.foundation.ids import new_uid
from motcua.foundation.timesource import now
from motcua.subsystems.payments.asking import actor_of_request, dong_of
from motcua.subsystems.payments.banking import DEMO_KEY, read_notice
from motcua.subsystems.payments.models import NoticeKey, PaymentOrder
from motcua.subsystems.payments.rules.notices import signature
from motcua.subsystems.payments.selectors import notice_key, order_by_uid
from motcua.subsystems.payments.services import take_notice


@require_http_methods(["GET", "POST"])
@audience("citizen")
@never_cache
def demo_bank(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a banking app would show; a post sends the signed notice through the real reading."""
    order = order_by_uid(actor_of_request(request), uid)
    key = notice_key(DEMO_KEY)
    if not settings.DEMO or key is None or order.account is None:
        raise NotFound
    if request.method == "POST":
        amount = dong_of(request.POST.get("amount"))
        if amount <= 0:
            messages.error(request, _("Nhập số tiền bằng chữ số, ví dụ 75.000."))
            return redirect("payments:demo_bank", uid=uid)
        _tell(key, order, amount)
        return redirect("payments:pay", uid=order.charge.case.uid)
    return render(request, "payments/citizen/demo_bank.html", {"order": order})


def _tell(key: NoticeKey, order: PaymentOrder, amount: int) -> None:
    at = now()
    sent = {
        "transaction_id": f"MAU{new_uid().hex[:20]}",
        "account": order.account.number if order.account else "",
        "amount": amount,
        "content": f"NOP PHI {order.reference}",
        "occurred_at": at.isoformat(),
    }
    body, stamp = json.dumps(sent).encode(), str(int(at.timestamp()))
    sign = signature(key.secret, stamp, body)
    take_notice(notice=read_notice(key_id=key.key_id, timestamp=stamp, signature=sign, body=body))
