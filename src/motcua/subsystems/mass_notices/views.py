"""Pages of notices to many: list, writing with preview, progress and report."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.foundation.errors import InvalidInput
from motcua.subsystems.mass_notices import selectors, services, shown
from motcua.subsystems.mass_notices.models import MassNotice
from motcua.subsystems.mass_notices.reach import agencies_of


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


def _said(error: InvalidInput) -> dict[str, str]:
    language = get_language() or "vi"
    return {name: text.in_language(language) for name, text in error.fields.items()}


@require_safe
@never_cache
@audience("official")
def listing(request: HttpRequest) -> HttpResponse:
    """Notices to many, newest first (GET ``sau``: the key to go on with)."""
    text = request.GET.get("sau", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
    rows, after = selectors.notices_of(_actor(request), before)
    context = {"rows": rows, "after": after, "may_write": bool(agencies_of(_actor(request)))}
    return render(request, "mass_notices/list.html", context)


@require_safe
@never_cache
@audience("official")
def fresh(request: HttpRequest) -> HttpResponse:
    """A form for a new notice."""
    return _form(request, None, {"audience": "applicants"})


@require_POST
@audience("official")
def keep_new(request: HttpRequest) -> HttpResponse:
    """Keep a new draft (POST its fields)."""
    return _keep(request, None)


@require_POST
@audience("official")
def keep_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep a draft again (POST its fields)."""
    return _keep(request, selectors.notice_for(_actor(request), uid))


def _keep(request: HttpRequest, notice: MassNotice | None) -> HttpResponse:
    code = request.POST.get("agency", "")
    uid = notice.uid if notice else None
    try:
        kept = services.keep(
            actor=_actor(request), agency_code=code, given=request.POST.dict(), uid=uid
        )
    except InvalidInput as error:
        return _form(request, notice, request.POST.dict(), _said(error), status=422)
    return redirect("mass_notices:one", uid=kept.uid)


@require_safe
@never_cache
@audience("official")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form of a draft."""
    notice = selectors.notice_for(_actor(request), uid)
    return _form(request, notice, shown.typed_of(notice))


@require_safe
@never_cache
@audience("official")
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A notice: draft with count and examples, waiting, progress, or report (``part`` = 1)."""
    return _one(request, selectors.notice_for(_actor(request), uid))


def _one(
    request: HttpRequest,
    notice: MassNotice,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    part = request.GET.get("part") == "1"
    template = "mass_notices/state.html" if part else "mass_notices/one.html"
    context = shown.page_of(_actor(request), notice) | {"errors": errors}
    return render(request, template, context, status=status)


@require_POST
@audience("official")
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Try it on oneself, ask to send, approve or stop (POST ``verb``)."""
    actor, verb = _actor(request), request.POST.get("verb", "")
    try:
        if verb == "try":
            services.try_on_oneself(actor=actor, uid=uid)
            messages.success(request, _("Đã gửi thử cho riêng bạn."))
        elif verb == "send":
            services.ask_to_send(actor=actor, uid=uid)
        elif verb == "approve":
            services.approve(actor=actor, uid=uid)
        elif verb == "stop":
            services.stop(actor=actor, uid=uid)
    except InvalidInput as error:
        return _one(request, selectors.notice_for(actor, uid), _said(error), status=422)
    return redirect("mass_notices:one", uid=uid)


def _form(
    request: HttpRequest,
    notice: MassNotice | None,
    typed: dict[str, Any],
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "notice": notice,
        "typed": typed,
        "errors": errors,
        "agencies": [(agency.code, agency.name) for agency in agencies_of(_actor(request))],
        **shown.choices(get_language() or "vi", typed),
    }
    return render(request, "mass_notices/form.html", context, status=status)
