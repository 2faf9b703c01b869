"""Routes of reports for officials; mounted under ``console/``."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.reports.console_views import case, desk

app_name = "reports_console"
urlpatterns = [
    path("phan-anh/tong-dai/", desk.call, name="call"),
    path("phan-anh/anh/", desk.photos, name="photos"),
    path("phan-anh/anh/<uuid:uid>/", desk.decide, name="decide"),
    path("phan-anh/<uuid:uid>/", case.case, name="case"),
    path("phan-anh/<uuid:uid>/xu-ly/", case.act, name="act"),
    path("phan-anh/<uuid:uid>/gop/", case.join, name="join"),
    path("phan-anh/<uuid:uid>/cong-khai/", case.publish, name="publish"),
]
