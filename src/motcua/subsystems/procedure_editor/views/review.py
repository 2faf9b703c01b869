"""Handing a draft in, and what the second person sees and decides."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import DomainError, NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.rules.documents import Difference
from motcua.subsystems.procedure_editor.rules.specs import BY_KEY, section_of_place
from motcua.subsystems.procedure_editor.selectors import changes_of, decisions
from motcua.subsystems.procedure_editor.showing import FORM, PROCESS, fault_links, said
from motcua.subsystems.procedure_editor.views.opening import (
    actor_of_request,
    opened,
    revision_in,
    show,
)

SHOWN = 1_500


@require_safe
@audience("official")
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What changes against the published version, fact by fact, and who decided what."""
    return _review(request, uid)


def _review(request: HttpRequest, uid: UUID, error: DomainError | None = None) -> HttpResponse:
    found, faults = opened(request, uid)
    published, changes = changes_of(found)
    actor = actor_of_request(request)
    more = {
        "published": published,
        "changes": _grouped(changes),
        "change_count": len(changes),
        "faults": fault_links(found, faults),
        "decisions": decisions(found.row.pk),
        "tomorrow": (today() + dt.timedelta(days=1)).isoformat(),
        "starts": _day(str(found.document.get("valid_from", ""))),
        "may_approve": actor.account_id not in {found.row.edited_by_id, found.row.submitted_by_id},
        "refusal": f"{said(error.text())} {said(error.what_to_do())}" if error else "",
        "typed": request.POST,
    }
    return show(request, "review", found, faults, "review", more, error.status if error else 200)


def _grouped(changes: list[Difference]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The changes under the titles of their pages."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        key = section_of_place(change.place)
        title = {"form": FORM, "process": PROCESS}.get(key) or BY_KEY[key].title
        groups.setdefault(said(title), []).append(
            {"place": change.place, "before": _text(change.before), "after": _text(change.after)}
        )
    return list(groups.items())


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


@require_POST
@audience("official")
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand in, publish, send back or give up."""
    verb = request.POST.get("verb", "")
    try:
        _decided(request, uid, verb)
    except DomainError as error:
        if error.status == 404:
            raise
        return _review(request, uid, error)
    messages.success(request, _WORDS[verb]())
    return redirect("procedure_editor:review", uid=uid)


_WORDS = {
    "submit": lambda: _("Đã trình. Người thứ hai sẽ xem và duyệt."),
    "approve": lambda: _("Đã công bố. Thủ tục có hiệu lực từ ngày đã chọn."),
    "reject": lambda: _("Đã trả lại người soạn."),
    "discard": lambda: _("Đã bỏ bản soạn; các lần sửa vẫn được lưu."),
}


def _decided(request: HttpRequest, uid: UUID, verb: str) -> None:
    actor, revision = actor_of_request(request), revision_in(request)
    reason = request.POST.get("reason", "")
    if verb == "submit":
        start = _day(request.POST.get("valid_from", ""))
        services.submit(actor=actor, uid=uid, revision=revision, valid_from=start)
    elif verb == "approve":
        services.approve(actor=actor, uid=uid, revision=revision)
    elif verb == "reject":
        services.reject(actor=actor, uid=uid, reason=reason)
    elif verb == "discard":
        services.discard(actor=actor, uid=uid, reason=reason)
    else:
        raise NotFound


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        # No day is as wrong as one gone by: the refusal asks for another one.
        return dt.date.min
