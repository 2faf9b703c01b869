"""The owner's page of papers."""

from __future__ import annotations

from typing import Any, Final, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import NotFound
from motcua.subsystems.papers.selectors import shown_papers
from motcua.subsystems.papers.services import set_wishes

WISHES: Final[dict[str, dict[str, bool]]] = {
    "hide": {"hidden": True},
    "show": {"hidden": False},
    "forbid": {"reuse_forbidden": True},
    "allow": {"reuse_forbidden": False},
}


@never_cache
@require_safe
@audience("citizen")
def papers(request: HttpRequest) -> HttpResponse:
    """Everything kept for the person; ``?an`` shows what they hid."""
    hidden = "an" in request.GET
    rows = shown_papers(cast(Any, request).actor, hidden=hidden)
    return render(request, "papers/list.html", {"rows": rows, "hidden": hidden})


@never_cache
@require_POST
@audience("citizen")
def wish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hide, show, forbid, allow."""
    chosen = WISHES.get(request.POST.get("_action", ""))
    if chosen is None:
        raise NotFound
    set_wishes(actor=cast(Any, request).actor, uid=uid, **chosen)
    return redirect("papers:list")
