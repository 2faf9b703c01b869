"""Opening a draft for a page: who asks, which draft, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.casework.access.public import Actor
from motcua.subsystems.procedure_editor.rules.finding import Fault
from motcua.subsystems.procedure_editor.selectors import OpenDraft, draft, faults_of
from motcua.subsystems.procedure_editor.showing import fault_links, pages_of


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast(Any, request).actor


def opened(request: HttpRequest, uid: UUID) -> tuple[OpenDraft, tuple[Fault, ...]]:
    """The draft and everything that is wrong with it."""
    found = draft(actor_of_request(request), uid)
    return found, faults_of(found.row, found.document)


def show(
    request: HttpRequest,
    template: str,
    found: OpenDraft,
    faults: tuple[Fault, ...],
    page: str,
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of a draft, with the list of its pages."""
    context = {
        "draft": found.row,
        "opened": found,
        "pages": pages_of(found, faults),
        "page": page,
        "fault_count": len(faults),
        "next_place": next_place(found, faults, page),
        **(more or {}),
    }
    return render(request, f"procedure_editor/{template}.html", context, status=status)


def next_place(
    found: OpenDraft, faults: tuple[Fault, ...], page: str
) -> tuple[str, str, str] | None:
    """The first fault on another page than this one, as the overview tells it."""
    elsewhere = [fault for fault in faults if fault.section != page]
    return next(iter(fault_links(found, elsewhere)), None)


def revision_in(request: HttpRequest) -> int:
    """The revision the posted page was drawn from."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0
