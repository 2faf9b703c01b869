"""The page for people at ``/api/``, the OpenAPI document, and the answer to unknown addresses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from motcua.casework.access.public import audience
from motcua.foundation.errors import NotFound
from motcua.web.api import schema

DOCUMENT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation as the page lists it."""

    method: str
    path: str
    summary: str
    login: bool


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Every operation, by path."""
    return tuple(
        Entry(method.upper(), path, operation.get("summary", ""), bool(operation.get("security")))
        for path, item in sorted(schema.document()["paths"].items())
        for method, operation in item.items()
        if isinstance(operation, dict)
    )


@audience("public")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is, for a person."""
    return render(request, "api/index.html", {"entries": entries()})


@audience("public")
@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document."""
    body = schema.text().encode()
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, content_type="application/json")
    response["Cache-Control"] = f"public, max-age={DOCUMENT_SECONDS}"
    response["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response


@audience("public")
def unknown(request: HttpRequest) -> HttpResponse:
    """Any other address: a problem document, not a page."""
    raise NotFound


unknown.csrf_exempt = True  # type: ignore[attr-defined]
