"""The sample form on a page of its own, so that the browser tests need no other part."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import include, path
from django.utils.safestring import mark_safe

from motcua.casework.forms.public import (
    autosave_reply,
    render_step,
    render_summary,
    take_screen,
)
from motcua.casework.forms.tests.samples import definition
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today

FORM = definition()
WARDS = {"wards": [("26734", Bilingual("Phường Sài Gòn", "Sai Gon ward"))]}
KEPT: dict[str, Any] = {"answers": {}, "revision": 0}
PAGE = (
    '{% extends "portal.html" %}{% load static %}'
    "{% block title %}{{ title }}{% endblock %}"
    '{% block head %}<script src="{% static "dist/forms.js" %}" defer></script>{% endblock %}'
    "{% block main %}{{ body }}{% endblock %}"
)


def _page(request: HttpRequest, title: str, body: str) -> HttpResponse:
    context = RequestContext(request, {"title": title, "body": body})
    return HttpResponse(Template(PAGE).render(context))


def screen(request: HttpRequest, step: str) -> HttpResponseBase:
    errors: Any = {}
    note = None
    if request.method == "POST":
        outcome = take_screen(FORM, step, request.POST, KEPT["answers"], today=today())
        KEPT["answers"] = outcome.answers
        if not outcome.errors and not outcome.note and outcome.step != step:
            return redirect(f"/try/form/{outcome.step}" if outcome.step else "/try/check")
        errors, note = outcome.errors, outcome.note
    body = render_step(
        FORM,
        step,
        KEPT["answers"],
        request=request,
        today=today(),
        autosave=f"/try/autosave/{step}",
        revision=KEPT["revision"],
        errors=errors,
        note=note,
        options=WARDS,
    )
    return _page(request, "Khai sinh", body)


def autosave(request: HttpRequest, step: str) -> HttpResponse:
    outcome = take_screen(FORM, step, request.POST, KEPT["answers"], today=today())
    KEPT.update(answers=outcome.answers, revision=KEPT["revision"] + 1)
    return JsonResponse(autosave_reply(KEPT["revision"]))


def check(request: HttpRequest) -> HttpResponse:
    body = render_summary(
        FORM, KEPT["answers"], today=today(), change_url="/try/form/{step}", options=WARDS
    )
    return _page(request, "Kiểm tra lại", mark_safe("<h1>Kiểm tra lại</h1>") + body)


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("try/form/<slug:step>", screen),
    path("try/autosave/<slug:step>", autosave),
    path("try/check", check),
    path("", include("motcua.web.design.urls")),
]
