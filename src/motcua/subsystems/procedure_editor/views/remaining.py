"""What is left to do in a draft: the next place, the source's words, what nobody compared yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.casework.access.public import audience
from motcua.foundation.errors import DomainError
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.rules.documents import unconfirmed
from motcua.subsystems.procedure_editor.rules.proposing import untranslated
from motcua.subsystems.procedure_editor.rules.specs import BY_KEY, section_of_place
from motcua.subsystems.procedure_editor.selectors import OpenDraft
from motcua.subsystems.procedure_editor.showing import said
from motcua.subsystems.procedure_editor.views.opening import (
    actor_of_request,
    revision_in,
)
from motcua.subsystems.procedures.public import REASONS, add_field


@dataclass(frozen=True, slots=True)
class Note:
    """A place of the source that is not in the draft: why, and its own words."""

    why: str
    raw: str


def notes_of(found: OpenDraft, key: str = "") -> list[tuple[str, list[Note]]]:
    """What the source says beside the draft, under the titles of the pages it belongs to.

    Args:
        key: only the notes of this page.
    """
    groups: dict[str, list[Note]] = {}
    for row in found.row.notes:
        section = section_of_place(row["place"].replace("[", "/"))
        if key and section != key:
            continue
        title = said(BY_KEY[section].title) if section in BY_KEY else ""
        reason = row.get("reason", "")
        why = said(REASONS[reason]) if reason in REASONS else _("Danh mục ghi")
        groups.setdefault(title, []).append(Note(why, row["raw"]))
    return list(groups.items())


def left_to_do(found: OpenDraft) -> dict[str, Any]:
    """What the overview tells beside the faults."""
    rows = unconfirmed(found.document)
    return {
        "notes": notes_of(found),
        "unconfirmed": [
            (key, f"{said(BY_KEY[key].title)} ({len(part)})") for key, part in rows.items()
        ],
        "untranslated": len(list(untranslated(found.document))),
    }


@require_POST
@audience("official")
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark the rows of the chosen parts as compared with the law."""
    chosen = request.POST.getlist("parts")
    services.confirm_facts(
        actor=actor_of_request(request), uid=uid, revision=revision_in(request), parts=chosen
    )
    words = ngettext("Đã xác nhận %(n)s phần.", "Đã xác nhận %(n)s phần.", len(chosen))
    messages.success(request, words % {"n": len(chosen)})
    return redirect("procedure_editor:draft", uid=uid)


@require_POST
@audience("official")
def new_field(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a field of administration to the city's list and take it for this draft."""
    actor = actor_of_request(request)
    try:
        made = add_field(
            actor=actor,
            name=request.POST.get("field_name", ""),
            name_en=request.POST.get("field_name_en", ""),
        )
    except DomainError as error:
        if error.status != 422:
            raise
        messages.error(request, _("Điền tên lĩnh vực, nhiều nhất 120 ký tự."))
    else:
        services.change_draft(
            actor=actor, uid=uid, revision=revision_in(request), place="field", value=made.code
        )
        messages.success(request, _("Đã thêm lĩnh vực “%(name)s”.") % {"name": made.name})
    return redirect("procedure_editor:section", uid=uid, key="general")
