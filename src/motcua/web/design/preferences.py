"""How a reader wants the pages: theme and text size, kept in one cookie."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.casework.access.public import audience

COOKIE = "motcua_view"
COOKIE_SECONDS = 365 * 24 * 3600
THEMES = ("auto", "light", "dark", "contrast")
TEXT_SIZES = ("normal", "large", "larger")


@dataclass(frozen=True, slots=True)
class Preferences:
    theme: str = "auto"
    text: str = "normal"


def preferences_of(request: HttpRequest) -> Preferences:
    """The reader's choice; anything unknown in the cookie counts as no choice."""
    theme, _, text = request.COOKIES.get(COOKIE, "").partition(".")
    return Preferences(
        theme if theme in THEMES else "auto", text if text in TEXT_SIZES else "normal"
    )


@audience("public")
@require_POST
def save_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme and text size and go back to the page."""
    old = preferences_of(request)
    theme = request.POST.get("theme", old.theme)
    text = request.POST.get("text", old.text)
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        COOKIE,
        f"{theme if theme in THEMES else old.theme}.{text if text in TEXT_SIZES else old.text}",
        max_age=COOKIE_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response
