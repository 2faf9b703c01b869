"""The day book, and the settlement by quarter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.casework.access.public import audience
from motcua.subsystems.payments.asking import actor_of_request, day_of
from motcua.subsystems.payments.models import Receipt
from motcua.subsystems.payments.rules.books import ACCOUNTS
from motcua.subsystems.payments.selectors import day_book, day_sums, desk_agency, quarters


@require_safe
@audience("official")
def book(request: HttpRequest) -> HttpResponse:
    """A day's events and sums, and what the year's quarters brought."""
    actor = actor_of_request(request)
    agency = desk_agency(actor)
    day = day_of(request.GET.get("ngay", ""))
    at = 1 if (get_language() or "vi").startswith("en") else 0
    sums = day_sums(agency.pk, day)
    methods = dict(Receipt.Method.choices)
    context = {
        "agency": agency,
        "day": day,
        "sums": [(one.names[at], one.debit, one.credit) for one in sums],
        "debit": sum(one.debit for one in sums),
        "credit": sum(one.credit for one in sums),
        "events": [
            (event, [(ACCOUNTS[line.account][at], line.amount) for line in lines])
            for event, lines in day_book(agency.pk, day)
        ],
        "quarters": [
            ((one.quarter.month + 2) // 3, _(str(methods[one.method])), one.number, one.amount)
            for one in quarters(actor, day.year)
        ],
    }
    return render(request, "payments/console/book.html", context)
