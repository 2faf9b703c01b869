"""Pages: one's notices, stopping optional mail, and the demo's mailbox."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.access.public import audience
from motcua.casework.notices import selectors, services
from motcua.casework.notices.catalogue import templates
from motcua.foundation.errors import NotFound

PAGE = 20


def _shell(request: Any) -> str:
    return "console.html" if request.actor.kind == "official" else "portal.html"


@require_GET
@audience("citizen")
def own_notices(request: Any) -> HttpResponse:
    """The actor's notices, newest first, 20 a page."""
    before = _uid(request.GET.get("before", ""))
    unread_only = request.GET.get("show") == "unread"
    rows = selectors.notices_of(
        request.actor, unread_only=unread_only, before=before, limit=PAGE + 1
    )
    more = rows[PAGE - 1].uid if len(rows) > PAGE else None
    context = {
        "shell": _shell(request),
        "notices": rows[:PAGE],
        "unread": selectors.unread_count(request.actor),
        "unread_only": unread_only,
        "next_page": f"?before={more}{'&show=unread' if unread_only else ''}" if more else "",
        "first_page": "" if before is None else reverse("notices:own"),
    }
    return render(request, "notices/own.html", context)


@require_POST
@audience("citizen")
def read(request: Any, uid: uuid.UUID) -> HttpResponse:
    """Mark one notice as read and go where it points."""
    notice = services.mark_read(actor=request.actor, uid=uid)
    here = url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if notice.link and here else "notices:own")


@require_POST
@audience("citizen")
def read_all(request: Any) -> HttpResponse:
    """Mark all notices as read."""
    services.mark_all_read(actor=request.actor)
    return redirect("notices:own")


@csrf_exempt  # the signed token is the proof; mail programs post it by themselves (RFC 8058)
@require_http_methods(["GET", "POST"])
@audience("public")
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before stopping an optional kind of mail; POST stops it, or takes that back."""
    notice = selectors.notice_of_token(token)
    template = templates().get(notice.template) if notice else None
    if notice is None or template is None or not template.optional:
        raise NotFound
    done = ""
    if request.method == "POST":
        done = "in" if request.POST.get("again") else "out"
        if done == "in":
            services.opt_in(notice=notice)
        else:
            services.opt_out(notice=notice, template=template)
    return render(request, "notices/opt_out.html", {"done": done, "kind": template.key})


@require_GET
@audience("demo")
def mailbox(request: HttpRequest) -> HttpResponse:
    """The demo's mail, newest first."""
    return render(request, "notices/mailbox.html", {"mails": selectors.demo_mails()})


@require_GET
@audience("demo")
def mail(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One mail of the demo."""
    found = selectors.demo_mail(uid)
    if found is None:
        raise NotFound
    return render(request, "notices/mail.html", {"mail": found})


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
