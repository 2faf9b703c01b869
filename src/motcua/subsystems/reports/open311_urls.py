"""Routes of Open311 GeoReport v2; mounted under ``open311/v2/``."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.reports.views import open311

app_name = "open311"
urlpatterns = [
    path("discovery.<slug:fmt>", open311.show_discovery, name="discovery"),
    path("services.<slug:fmt>", open311.show_services, name="services"),
    path("services/<slug:code>.<slug:fmt>", open311.show_definition, name="definition"),
    path("requests.<slug:fmt>", open311.requests, name="requests"),
    path("requests/<slug:code>.<slug:fmt>", open311.show_request, name="request"),
    path("tokens/<slug:token>.<slug:fmt>", open311.show_token, name="token"),
]
