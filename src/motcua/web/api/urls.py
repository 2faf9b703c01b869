"""Routes of the API root, hung in at ``/api/``."""

from __future__ import annotations

from django.urls import path, re_path

from motcua.web.api import views
from motcua.web.api.routes import described

app_name = "api"
urlpatterns = [
    path("", views.index, name="index"),
    path("v1/openapi.json", views.openapi, name="openapi"),
    *[path(f"v1/{route.pattern}", route.callback, name=route.name) for route in described()],
    re_path(r"^v1(?:/.*)?$", views.unknown, name="unknown"),
]
