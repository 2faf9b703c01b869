"""Addresses of this slice."""

from django.urls import path

from motcua.subsystems.national_portal import views

app_name = "national_portal"
urlpatterns = [
    path("lien-thong/tep/<str:token>/", views.file, name="file"),
    path("console/cong-quoc-gia/", views.show_overview, name="overview"),
    path("console/cong-quoc-gia/gui-lai/", views.resend, name="resend"),
    path("console/cong-quoc-gia/doi-soat/", views.compare, name="compare"),
    path("console/cong-quoc-gia/doi-soat/<int:run_id>/", views.show_run, name="run"),
    path("console/cong-quoc-gia/nhan/<int:inbound_id>/", views.show_inbound, name="inbound"),
    path("console/cong-quoc-gia/nhan/<int:inbound_id>/lam/", views.settle, name="settle"),
]
