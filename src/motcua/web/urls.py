"""Root URLs: each slice hangs in here once."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns  # noqa: F401 - language is a cookie, not a path
from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
