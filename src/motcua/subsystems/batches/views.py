"""Putting a batch together, approving it, watching it, and what came of it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.foundation.errors import DomainError, NotAllowed, NotFound
from motcua.subsystems.batches import screens
from motcua.subsystems.batches.rules import BY_SLUG, PURPOSES, Purpose, Seen
from motcua.subsystems.batches.selectors import own_batch, own_batches, unfinished_uids
from motcua.subsystems.batches.services import approve, stop_batch

PAGE = 30


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


def _purpose(slug: str) -> Purpose:
    if slug not in BY_SLUG:
        raise NotFound
    return BY_SLUG[slug]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@audience("official")
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits (GET, by filter) or what was ticked in the queue (POST ``uid``)."""
    asked = screens.Asked.read(request.POST if request.method == "POST" else request.GET)
    screen = screens.choice(_actor(request), _purpose(slug), asked)
    return render(request, "batches/choose.html", {"screen": screen})


@sensitive_post_parameters("password", "code")
@require_POST
@never_cache
@audience("official")
def give_approval(request: HttpRequest, slug: str) -> HttpResponse:
    """One approval for the ticked papers; on a refusal the page comes back as it was."""
    actor, purpose, given = _actor(request), _purpose(slug), request.POST
    seen = [found for text in given.getlist("item") if (found := Seen.read(text))]
    try:
        batch = approve(
            actor=actor, purpose=purpose, seen=seen, password=given.get("password", ""),
            code=given.get("code", ""), language=get_language() or "vi",
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as problem:
        asked = screens.Asked.read(given)
        screen = screens.choice(actor, purpose, asked, ticked=seen, problem=problem)
        return render(request, "batches/choose.html", {"screen": screen}, status=problem.status)
    return redirect("batches:one", uid=batch.uid)


@require_safe
@never_cache
@audience("official")
def leaf(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One paper, and on to the next."""
    asked = screens.Asked.read(request.GET)
    page = screens.leaf(_actor(request), _purpose(slug), asked, uid)
    return render(request, "batches/leaf.html", {"page": page})


@require_safe
@audience("official")
def own(request: HttpRequest) -> HttpResponse:
    """The actor's batches, newest first."""
    before = request.GET.get("before", "")
    known = before.isascii() and before.isdecimal() and len(before) < 18
    rows = own_batches(_actor(request), before=int(before) if known else 0, size=PAGE + 1)
    more = f"?before={rows[PAGE - 1].batch.pk}" if len(rows) > PAGE else ""
    shown = [screens.described(row) for row in rows[:PAGE]]
    return render(request, "batches/own.html", {"rows": shown, "next": more})


@require_safe
@never_cache
@audience("official")
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far it is; asked again by the page itself while it is being worked off."""
    template = "batches/state.html" if request.GET.get("part") else "batches/one.html"
    shown = screens.shown_batch(own_batch(_actor(request), uid), request.GET)
    return render(request, template, {"shown": shown, "purpose": PURPOSES[shown.batch.purpose]})


@require_POST
@audience("official")
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop; what is done stays done."""
    stop_batch(actor=_actor(request), uid=uid)
    messages.success(request, _("Đã dừng. Văn bản đã xong vẫn có hiệu lực; phần còn lại chưa làm."))
    return redirect("batches:one", uid=uid)


@require_POST
@never_cache
@audience("official")
def again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put together a new batch of what this one left; it needs a new approval."""
    batch = own_batch(_actor(request), uid)
    purpose = PURPOSES[batch.purpose]
    asked = screens.Asked(only=tuple(unfinished_uids(batch)))
    screen = screens.choice(_actor(request), purpose, asked)
    return render(request, "batches/choose.html", {"screen": screen})
