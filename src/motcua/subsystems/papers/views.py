"""The owner's page of papers."""

from __future__ import annotations

from typing import Any, Final, cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.casework.attachments.public import hand_out
from motcua.foundation.errors import NotFound
from motcua.subsystems.papers.selectors import own_consents, own_paper, shown_papers
from motcua.subsystems.papers.services import delete_paper, make_code, set_wishes, take_back

WISHES: Final[dict[str, dict[str, bool]]] = {
    "hide": {"hidden": True},
    "show": {"hidden": False},
    "forbid": {"reuse_forbidden": True},
    "allow": {"reuse_forbidden": False},
}
MOST_CONSENTS = 50


@never_cache
@require_safe
@audience("citizen")
def papers(request: HttpRequest) -> HttpResponse:
    """Everything kept for the person; ``?an`` shows what they hid."""
    return _page(request)


def _page(request: HttpRequest, code: str = "", of: UUID | None = None) -> HttpResponse:
    """The page; with a code that was just made for a paper, which is told only now."""
    actor, hidden = _actor(request), "an" in request.GET
    context = {
        "rows": shown_papers(actor, hidden=hidden),
        "hidden": hidden,
        "consents": own_consents(actor)[:MOST_CONSENTS],
        "code": code,
        "code_of": of,
    }
    return render(request, "papers/list.html", context)


@never_cache
@require_POST
@audience("citizen")
def wish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hide, show, forbid, allow; delete an upload of one's own; make a code for another system."""
    action, actor = request.POST.get("_action", ""), _actor(request)
    if action == "code":
        return _page(request, make_code(actor=actor, uid=uid), uid)
    if action == "delete":
        delete_paper(actor=actor, uid=uid)
        messages.success(request, _("Đã xoá khỏi kho. Hồ sơ đã nộp vẫn giữ bản của hồ sơ."))
    elif action in WISHES:
        set_wishes(actor=actor, uid=uid, **WISHES[action])
    else:
        raise NotFound
    return redirect("papers:list")


@never_cache
@require_POST
@audience("citizen")
def take_consent_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Withdraw a consent given at a counter."""
    take_back(actor=_actor(request), uid=uid)
    messages.success(request, _("Đã thu hồi đồng ý."))
    return redirect("papers:list")


@never_cache
@require_safe
@audience("citizen")
@xframe_options_sameorigin
def file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The paper itself to its owner; ``?tai`` saves it."""
    actor = _actor(request)
    row = own_paper(actor, uid)
    kept = row.attachment.blob.mime if row.attachment else "application/pdf"
    name = row.attachment.name if row.attachment else f"{row.name}.pdf"
    response = FileResponse(
        hand_out(actor, row.sha256, case_id=row.case_id),
        as_attachment="tai" in request.GET, filename=name, content_type=kept,
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    style = "; style-src 'unsafe-inline'" if kept == "application/pdf" else "; sandbox"
    response["Content-Security-Policy"] = f"default-src 'none'{style}; frame-ancestors 'self'"
    return response


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor
