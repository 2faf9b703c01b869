"""Every route says who it is for; an architecture test refuses one that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from motcua.foundation.errors import NotFound

Audience = Literal["public", "citizen", "official", "admin", "demo"]
View = Callable[..., HttpResponseBase]


def audience(who: Audience) -> Callable[[View], View]:
    """Declare and enforce who a view is for.

    ``public`` anybody; ``citizen`` anybody logged in; ``official`` a logged-in
    official with at least one post; ``admin`` an official who holds the post of
    administrator; ``demo`` anybody, in the demo only. A stranger is asked to log
    in; somebody logged in but outside the audience sees "not found".
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if who == "demo" and not settings.DEMO:
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
    from motcua.foundation.rest import LoginRequired, language_of, problem_response

    def decorate(view: View) -> View:
        inside = audience(who)(view)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            known = who in {"public", "demo"} or cast(Any, request).actor.kind != "anonymous"
            if not known:
                return problem_response(LoginRequired(), language_of(request))
            return inside(request, *args, **kwargs)

        guarded.audience = who  # type: ignore[attr-defined]
        return guarded

    return decorate
