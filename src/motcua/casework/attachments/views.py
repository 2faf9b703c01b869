"""Handing out files: the original as received, and pictures made of it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.casework.access.public import Actor, audience
from motcua.casework.attachments.door import open_original, seen_attachment
from motcua.casework.attachments.models import Derivative
from motcua.casework.attachments.paging import WEBP, open_page
from motcua.casework.attachments.rules import SHOWN_INLINE
from motcua.casework.attachments.selectors import derivative, open_blob
from motcua.foundation.errors import NotFound

# The built-in PDF viewers do not work in a sandboxed page; everything else is sandboxed.
_POLICY_PDF = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


def _harden(response: HttpResponseBase, policy: str, cache: str) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = policy
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = cache
    return response


@require_safe
@audience("citizen")
def original(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The bytes as received; ``?view=1`` shows PDF, JPEG and PNG in the page."""
    attachment, file = open_original(_actor(request), uid)
    mime = attachment.blob.mime
    inline = mime in SHOWN_INLINE and request.GET.get("view") == "1"
    response = FileResponse(
        file, as_attachment=not inline, filename=attachment.name, content_type=mime
    )
    policy = _POLICY_PDF if inline and mime == "application/pdf" else _POLICY
    return _harden(response, policy, "private, no-store")


@require_safe
@audience("citizen")
def picture(request: HttpRequest, uid: UUID, kind: str) -> HttpResponseBase:
    """A thumbnail or preview; "not found" until it is made."""
    attachment = seen_attachment(_actor(request), uid)
    found = derivative(attachment.blob_id, Derivative.Kind(kind))
    if found is None:
        raise NotFound
    response = FileResponse(open_blob(found.sha256), content_type=found.mime)
    return _harden(response, _POLICY, "private, max-age=600")


@require_safe
@audience("citizen")
def page(request: HttpRequest, uid: UUID, number: int) -> HttpResponseBase:
    """One page of a PDF as a picture, to whoever may see the file."""
    attachment = seen_attachment(_actor(request), uid)
    if attachment.blob.mime != "application/pdf":
        raise NotFound
    response = FileResponse(open_page(attachment.blob_id, number), content_type=WEBP)
    return _harden(response, _POLICY, "private, max-age=600")
