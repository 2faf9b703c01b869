"""The owner's routes."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.papers import views

app_name = "papers"
urlpatterns = [
    path("kho-giay-to/", views.papers, name="list"),
    path("kho-giay-to/<uuid:uid>/", views.wish, name="wish"),
    path("kho-giay-to/<uuid:uid>/tep", views.file, name="file"),
    path("kho-giay-to/dong-y/<uuid:uid>/thu-hoi/", views.take_consent_back, name="take_back"),
]
