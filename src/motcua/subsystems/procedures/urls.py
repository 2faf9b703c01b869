"""Routes of this part."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.procedures import views

app_name = "procedures"
urlpatterns = [path("thu-tuc/<str:code>/", views.page, name="page")]
