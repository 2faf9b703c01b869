"""Root URLs: each slice hangs in here once."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns  # noqa: F401 - language is a cookie, not a path
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("motcua.web.design.urls")),
    path("", include("motcua.casework.attachments.urls")),
    path("", include("motcua.casework.issuing.urls")),
    path("", include("motcua.casework.notices.urls")),
]
