"""What another law asks for one dossier: kept, proved paid, withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.access.public import Actor, audience
from motcua.casework.cases.public import Case, access_case
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotAllowed
from motcua.subsystems.payments.asking import actor_of_request, dong_of, said
from motcua.subsystems.payments.selectors import obligations_of
from motcua.subsystems.payments.services import (
    Duty,
    ask_obligation,
    may_keep_obligations,
    prove_payment,
    withdraw_obligation,
)


@require_http_methods(["GET", "POST"])
@audience("official")
def obligations(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every sum with its proofs; small forms add, prove and withdraw."""
    actor = actor_of_request(request)
    case = access_case(actor, uid)
    if not may_keep_obligations(actor, case):
        raise NotAllowed
    errors: dict[str, Bilingual] = {}
    if request.method == "POST":
        try:
            _work(request, actor, case)
            messages.success(request, _("Đã ghi."))
            return redirect("payments_console:obligations", uid=uid)
        except InvalidInput as problem:
            errors = dict(problem.fields)
        except DomainError as problem:
            words = problem.text(), problem.what_to_do()
            errors = {"number": Bilingual(" ".join(w.vi for w in words),
                                          " ".join(w.en for w in words))}  # fmt: skip
    context = {
        "case": case,
        "duties": obligations_of(case.pk),
        "errors": said(errors),
        "typed": request.POST,
        "at": request.POST.get("duty", ""),
    }
    status = 422 if errors else 200
    return render(request, "payments/console/obligations.html", context, status=status)


def _work(request: HttpRequest, actor: Actor, case: Case) -> None:
    posted = request.POST
    what, uid = posted.get("what", ""), posted.get("duty", "")
    amount = dong_of(posted.get("amount"))
    mine = {str(duty.uid) for duty in obligations_of(case.pk)}
    if what == "ask":
        words = (posted.get(name, "") for name in ("name", "basis", "notice"))
        name, basis, notice = words
        ask_obligation(actor=actor, case=case, duty=Duty(name, amount, basis, notice))
    elif what == "prove" and uid in mine:
        prove_payment(actor=actor, uid=uid, amount=amount, number=posted.get("number", ""))
    elif what == "withdraw" and uid in mine:
        withdraw_obligation(actor=actor, uid=uid, reason=posted.get("reason", ""))
