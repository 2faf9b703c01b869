"""Who is asking, and how an expected refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from motcua.casework.access.public import ANONYMOUS, Actor, actor_of, actor_of_key
from motcua.foundation.errors import DomainError, InvalidInput, NotFound, Unavailable
from motcua.foundation.limiting.public import with_patience
from motcua.foundation.rest import language_of, problem_response
from motcua.foundation.telemetry import begin_request, end_request

log = structlog.get_logger(__name__)


def _actor(request: HttpRequest) -> Actor:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and request.path.startswith("/api/"):
        return actor_of_key(key.strip())
    user = cast(Any, request).user
    return actor_of(user) if user.is_authenticated else ANONYMOUS


class ActorMiddleware:
    """Puts ``request.actor`` (read when first needed) and a request id into the logs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(Any, request).actor = SimpleLazyObject(lambda: _actor(request))
        begin_request(request.headers.get("X-Request-Id", ""))
        try:
            return self.get_response(request)
        finally:
            end_request()


class DomainErrorMiddleware:
    """Turns a :class:`DomainError` into a page, a fragment or a problem document."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """No text of ours holds NUL, and PostgreSQL stores none: refused before any view."""
        del view, args, kwargs
        if "\0" in request.path:
            return _refusal(request, NotFound())
        return _refusal(request, InvalidInput()) if _holds_nul(request) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            log.error("web.database_unavailable", error=type(error).__name__, exc_info=error)
            # A lost connection is useless for the error page too: the next query makes a new one.
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            error = Unavailable()
        return _refusal(request, error) if isinstance(error, DomainError) else None


def _holds_nul(request: HttpRequest) -> bool:
    if "%00" in request.META.get("QUERY_STRING", ""):
        return True
    if request.method != "POST":
        return False
    return any("\0" in str(value) for _, values in request.POST.lists() for value in values)


def _refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    language = get_language() or "vi"
    if request.path.startswith("/api/"):
        return problem_response(error, language_of(request))
    if request.headers.get("Accept", "").startswith("application/json"):
        answer: HttpResponse = JsonResponse(
            error.problem(language),
            status=error.status,
            content_type="application/problem+json",
        )
        return with_patience(answer, error)
    context = {
        "error": error,
        "what": error.text().in_language(language),
        "advice": error.what_to_do().in_language(language),
    }
    return with_patience(render(request, "errors/domain.html", context, status=error.status), error)
