"""Routes of the national catalogue for officials; mounted under ``console/``."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.procedures.imported import views

app_name = "procedures_console"
urlpatterns = [
    path("danh-muc/", views.imports, name="imports"),
    path("danh-muc/lan-nhap/<uuid:uid>/", views.import_run, name="import_run"),
    path("danh-muc/lan-nhap/<uuid:uid>/bao-cao.txt", views.import_report, name="import_report"),
    path("danh-muc/can-nguoi-doc/", views.doubts, name="doubts"),
    path("danh-muc/ban-ghi/", views.records, name="records"),
    path("danh-muc/ban-ghi/<str:key>/", views.imported, name="imported"),
]
