"""Expressions are judged while they are typed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from motcua.casework.access.public import audience
from motcua.subsystems.procedure_editor.rules.expressions import judge
from motcua.subsystems.procedure_editor.selectors import draft
from motcua.subsystems.procedure_editor.views.opening import actor_of_request


@require_POST
@audience("official")
def check_expression(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Words on one expression: what it reads, or what is wrong and where."""
    found = draft(actor_of_request(request), uid)
    name = request.POST.get("checked", "")
    verdict = judge(request.POST.get(name, ""), found.document)
    return render(request, "procedure_editor/verdict.html", {"verdict": verdict})
