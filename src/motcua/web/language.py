"""Choosing the language of the pages: Django's own view, open to everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.i18n import set_language

from motcua.casework.access.public import audience


@audience("public")
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language in a cookie and go back to the page (POST ``language``, ``next``)."""
    return set_language(request)
