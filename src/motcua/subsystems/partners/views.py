"""The administrator's pages of connected systems."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.access.public import Actor, audience
from motcua.casework.agencies.public import ROLES
from motcua.foundation.errors import DomainError, InvalidInput
from motcua.subsystems.partners.rules import SCOPES
from motcua.subsystems.partners.selectors import partner_page, partners
from motcua.subsystems.partners.services import (
    end_key,
    give_key,
    give_post,
    open_partner,
    try_again,
)


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


def _words(error: DomainError) -> dict[str, str]:
    """What is wrong with each field, in the language of the page."""
    language = get_language() or "vi"
    if isinstance(error, InvalidInput) and error.fields:
        return {name: text.in_language(language) for name, text in error.fields.items()}
    return {"agency": error.text().in_language(language)}


@never_cache
@require_http_methods(["GET", "POST"])
@audience("admin")
def show_partners(request: HttpRequest) -> HttpResponse:
    """Every connected system; POST opens one (``name``, ``contact``)."""
    actor, typed = _actor(request), request.POST
    words: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = open_partner(
                actor=actor, name=typed.get("name", ""), contact=typed.get("contact", "")
            )
            return redirect("partners:partner", partner_id=made.pk)
        except InvalidInput as error:
            words = _words(error)
    context = {"partners": partners(actor), "typed": typed, "words": words}
    return render(request, "partners/list.html", context, status=422 if words else 200)


def _page(request: HttpRequest, partner_id: int, **more: Any) -> HttpResponse:
    context = {
        "page": partner_page(_actor(request), partner_id),
        "scopes": SCOPES.items(),
        "roles": [(code, name.in_language(get_language() or "vi")) for code, name in ROLES.items()],
        "words": {},
        "typed": {},
        **more,
    }
    status = 422 if context["words"] else 200
    return render(request, "partners/partner.html", context, status=status)


@never_cache
@require_http_methods(["GET"])
@audience("admin")
def show_partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Keys, roles, webhooks and messages that could not be told."""
    return _page(request, partner_id)


@never_cache
@require_POST
@audience("admin")
def new_key(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Make a key and show it, this once (POST ``scope``…, ``days``)."""
    days = request.POST.get("days", "")
    try:
        key = give_key(
            actor=_actor(request),
            partner_id=partner_id,
            scopes=request.POST.getlist("scope"),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
        )
    except InvalidInput as error:
        return _page(request, partner_id, words=_words(error), typed=request.POST)
    return _page(request, partner_id, made=key)


@never_cache
@require_POST
@audience("admin")
def new_post(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Let the system act in a role of an agency (POST ``agency``, ``role``)."""
    try:
        give_post(
            actor=_actor(request),
            partner_id=partner_id,
            agency_code=request.POST.get("agency", "").strip(),
            role=request.POST.get("role", ""),
        )
    except DomainError as error:
        return _page(request, partner_id, words=_words(error), typed=request.POST)
    messages.success(request, _("Đã giao vai trò."))
    return redirect("partners:partner", partner_id=partner_id)


@require_POST
@audience("admin")
def revoke(request: HttpRequest, prefix: str) -> HttpResponse:
    """End a key at once."""
    key = end_key(actor=_actor(request), prefix=prefix)
    messages.success(request, _("Khoá đã bị thu hồi; lần gọi tiếp theo bị từ chối."))
    return redirect("partners:partner", partner_id=key.partner_id)


@require_POST
@audience("admin")
def retry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell a message again that was given up."""
    try_again(actor=_actor(request), uid=uid)
    messages.success(request, _("Thông báo được gửi lại."))
    return redirect("partners:list")
