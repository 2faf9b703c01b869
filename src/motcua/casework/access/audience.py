"""Every route says who it is for; an architecture test refuses one that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from motcua.foundation.errors import DomainError, NotFound

Audience = Literal["public", "citizen", "official", "admin", "client", "demo"]
View = Callable[..., HttpResponseBase]


def audience(who: Audience) -> Callable[[View], View]:
    """Declare and enforce who a view is for.

    ``public`` anybody; ``citizen`` anybody logged in; ``official`` a logged-in
    official with at least one post; ``admin`` an official who holds the post of
    administrator; ``client`` another system with its key; ``demo`` anybody, in the demo
    only. A stranger is asked to log
    in; somebody logged in but outside the audience sees "not found".
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if who == "demo" and not settings.DEMO:
                raise NotFound
            if who == "client" and cast(Any, request).actor.kind != "client":
                raise NotFound
            if who in {"citizen", "official", "admin"}:
                actor = cast(Any, request).actor
                if actor.kind == "anonymous":
                    return redirect_to_login(request.get_full_path())
                if who != "citizen" and not actor.posts:
                    raise NotFound
                if who == "admin" and "administrator" not in actor.roles:
                    raise NotFound
            return view(request, *args, **kwargs)

        guarded.audience = who  # type: ignore[attr-defined]
        return guarded

    return decorate


def api_audience(who: Audience) -> Callable[[View], View]:
    """:func:`audience` for programs: a stranger is told to log in by a problem document.

    A redirect to the login page would look like an answer to a program.
    """
    from motcua.foundation.rest import KeyRefused, LoginRequired, language_of, problem_response

    def decorate(view: View) -> View:
        inside = audience(who)(view)

        def refusal(request: HttpRequest) -> DomainError | None:
            """Why a stranger is not let in; looking at the actor reads the key, if one is sent."""
            if who in {"public", "demo"}:
                return None
            try:
                kind = cast(Any, request).actor.kind
            except DomainError as error:
                return error
            if who == "client":
                return None if kind == "client" else KeyRefused()
            return LoginRequired() if kind == "anonymous" else None

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if (error := refusal(request)) is not None:
                return problem_response(error, language_of(request))
            return inside(request, *args, **kwargs)

        guarded.audience = who  # type: ignore[attr-defined]
        return guarded

    return decorate
