"""Pages of the slips' words: list, one slip with its history, the draft with its picture."""

from __future__ import annotations

import datetime as dt
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
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.slip_templates import selectors, services, shown
from motcua.subsystems.slip_templates.printing import pictures
from motcua.subsystems.slip_templates.reach import edits, scope_for, scopes_of
from motcua.subsystems.slip_templates.rules import (
    FIELDS,
    Content,
    content_of,
    may_publish,
    typed_content,
)

_NO_SLIP = Bilingual(
    "Không có hồ sơ mã này mà bạn được xem, hoặc hồ sơ chưa có phiếu loại này.",
    "No dossier of this code that you may see, or it has no slip of this form yet.",
)


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


def _language() -> str:
    return get_language() or "vi"


def _said(error: InvalidInput) -> dict[str, str]:
    return {name: text.in_language(_language()) for name, text in error.fields.items()}


@require_safe
@never_cache
@audience("official")
def listing(request: HttpRequest) -> HttpResponse:
    """Every slip of a scope (GET ``cho``), and drafts that wait for a second person."""
    actor = _actor(request)
    scopes = scopes_of(actor)
    wanted = request.GET.get("cho", "")
    chosen = next((s for s in scopes if s.code == wanted), scopes[0] if scopes else None)
    rows = selectors.form_rows(chosen) if chosen else []
    context = {
        "scopes": scopes,
        "scope": chosen,
        "scope_choices": [
            (one.code, one.agency.name if one.agency else _("Toàn thành phố")) for one in scopes
        ],
        "rows": [(row, shown.name_of(row.form)) for row in rows],
        "waiting": [
            (draft, shown.name_of(selectors.form_of(draft.form)))
            for draft in selectors.waiting_for(actor)
        ],
    }
    return render(request, "slip_templates/list.html", context)


@require_safe
@never_cache
@audience("official")
def show_form(request: HttpRequest, scope: str, slug: str) -> HttpResponse:
    """One slip: what is in force, its history, the ways to change it."""
    place, form = scope_for(_actor(request), scope), selectors.form_of(slug)
    context = {
        "scope": place,
        "form": form,
        "name": shown.name_of(form),
        "versions": selectors.versions_of(place, slug),
        "draft": selectors.live_draft(place, slug),
        "today": today(),
    }
    return render(request, "slip_templates/form.html", context)


@require_POST
@audience("official")
def start(request: HttpRequest, scope: str, slug: str) -> HttpResponse:
    """Begin a draft (POST ``standard`` = yes: back to the standard form)."""
    draft = services.start(
        actor=_actor(request),
        scope_code=scope,
        slug=slug,
        standard=request.POST.get("standard") == "yes",
    )
    return redirect("slip_templates:draft", uid=draft.uid)


@require_safe
@never_cache
@audience("official")
def show_draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A draft with its picture."""
    found = selectors.draft_for(_actor(request), uid)
    return _draft_page(request, found, found.content)


@require_POST
@audience("official")
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Save a draft (POST the texts), insert a placeholder, submit it or drop it (``verb``)."""
    actor, verb = _actor(request), request.POST.get("verb", "save")
    if verb == "drop":
        services.drop(actor=actor, uid=uid)
        messages.success(request, _("Đã bỏ bản soạn."))
        return redirect("slip_templates:list")
    found = selectors.draft_for(actor, uid)
    typed = _typed(request, found)
    if verb == "insert":
        return _draft_page(request, found, typed)
    try:
        services.save(actor=actor, uid=uid, content=typed, revision=_revision(request))
        if verb == "submit":
            services.submit(actor=actor, uid=uid)
    except InvalidInput as error:
        return _draft_page(request, found, typed, _said(error), status=422)
    except DomainError as error:
        if error.status != 409:
            raise
        text = (
            f"{error.text().in_language(_language())} {error.what_to_do().in_language(_language())}"
        )
        return _draft_page(request, found, typed, {"contact_vi": text}, status=409)
    messages.success(request, _("Đã trình.") if verb == "submit" else _("Đã lưu."))
    return redirect("slip_templates:draft", uid=uid)


@require_POST
@never_cache
@audience("official")
def look(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The picture of what is typed, kept nowhere."""
    found = selectors.draft_for(_actor(request), uid)
    typed = _typed(request, found)
    return render(request, "slip_templates/picture.html", _picture(request, found, typed))


@require_POST
@audience("official")
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Publish (POST ``valid_from`` as day, month, year) or send back (``note``)."""
    actor = _actor(request)
    try:
        if request.POST.get("verb") == "back":
            services.send_back(actor=actor, uid=uid, note=request.POST.get("note", ""))
            messages.success(request, _("Đã gửi lại người soạn."))
        else:
            services.publish(actor=actor, uid=uid, valid_from=_day(request))
            messages.success(request, _("Đã công bố."))
    except InvalidInput as error:
        found = selectors.draft_for(actor, uid)
        return _draft_page(request, found, found.content, _said(error), status=422)
    return redirect("slip_templates:draft", uid=uid)


@require_safe
@never_cache
@audience("official")
def show_version(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A published version as it printed."""
    row = selectors.version_for(_actor(request), uid)
    form, content = selectors.form_of(row.form), content_of(row.content)
    context = {
        "version": row,
        "name": shown.name_of(form),
        "said": shown.said_by(content, form, _language()),
        "pages": pictures(_actor(request), form, content, row.agency),
    }
    return render(request, "slip_templates/version.html", context)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _day(request: HttpRequest) -> dt.date:
    try:
        return dt.date(
            *(int(request.POST.get(f"valid_from_{p}", "")) for p in ("year", "month", "day"))
        )
    except ValueError:
        raise InvalidInput(
            {"valid_from": Bilingual("Nhập ngày hợp lệ.", "Enter a valid day.")}
        ) from None


def _typed(request: HttpRequest, found: selectors.OpenDraft) -> Content:
    given = {name: request.POST.get(name, "") for name in (*FIELDS, "languages")}
    content = typed_content(given, request.POST.getlist("hidden"), list(found.form.optional))
    token, field = request.POST.get("token", ""), request.POST.get("into", "")
    known = {token for token, _name in shown.placeholder_rows(found.form, "vi")}
    if request.POST.get("verb") == "insert" and token in known and field in FIELDS:
        return shown.with_placeholder(content, field, token)
    return content


def _picture(request: HttpRequest, found: selectors.OpenDraft, content: Content) -> dict[str, Any]:
    """What the picture's fragment shows; words that are wrong have no picture, but reasons."""
    wrong = services.checked(found.form, content)
    if wrong:
        return {"faults": [text.in_language(_language()) for text in wrong.values()]}
    code = request.POST.get("dossier", request.GET.get("ma", ""))
    try:
        return {"pages": pictures(_actor(request), found.form, content, found.row.agency, code)}
    except NotFound:
        return {"faults": [_NO_SLIP.in_language(_language())]}


def _draft_page(
    request: HttpRequest,
    found: selectors.OpenDraft,
    content: Content,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, language = _actor(request), _language()
    fields = shown.text_fields(content, errors or {})
    context = {
        "draft": found.row,
        "form": found.form,
        "name": shown.name_of(found.form),
        "texts": list(zip(fields[::2], fields[1::2], strict=True)),
        "errors": errors,
        "content": content,
        "optional": shown.optional_rows(found.form, content, language),
        "tokens": shown.placeholder_rows(found.form, language),
        "places": shown.field_choices(),
        "revisions": found.revisions,
        "editable": found.row.state == "open" and edits(actor, found.row.agency_id),
        "second": found.row.state == "submitted" and may_publish(actor.account_id, found.writers),
        "today": today(),
        "typed": request.POST,
        **_picture(request, found, content),
    }
    return render(request, "slip_templates/draft.html", context, status=status)
