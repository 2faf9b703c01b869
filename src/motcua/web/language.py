"""Vietnamese unless a person chose otherwise: a cheap phone set up in English is no choice."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.i18n import set_language

from motcua.casework.access.public import audience


class LanguageMiddleware:
    """Speaks the language of the person's own switch (a cookie), else Vietnamese.

    ``Accept-Language`` is left to programs: the API reads it by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        language = translation.get_language() or settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language  # pyright: ignore[reportAttributeAccessIssue] - Django's own name for it
        response = self.get_response(request)
        if "Content-Language" not in response:  # the API has said its own
            response["Content-Language"] = language
            patch_vary_headers(response, ("Cookie",))
        return response


@audience("public")
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language in a cookie and go back to the page (POST ``language``, ``next``)."""
    return set_language(request)
