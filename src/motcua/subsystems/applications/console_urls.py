"""Routes of this part."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "applications_console"
urlpatterns: list[URLPattern] = []
