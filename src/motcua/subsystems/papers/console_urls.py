"""Routes for officials; mounted under ``console/``."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.papers import console_views

app_name = "papers_console"
urlpatterns = [
    path("so-hoa/<uuid:uid>/", console_views.scan, name="scan"),
    path("so-hoa/<uuid:uid>/trang/<int:place>", console_views.sheet, name="sheet"),
]
