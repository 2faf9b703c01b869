"""The owner's routes."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.papers import views

app_name = "papers"
urlpatterns = [
    path("kho-giay-to/", views.papers, name="list"),
    path("kho-giay-to/<uuid:uid>/", views.wish, name="wish"),
]
