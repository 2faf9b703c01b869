"""Routes of the console's own pages; mounted under ``console/``."""

from __future__ import annotations

from django.urls import path

from motcua.web.console import system_views, views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("che-do-xem/", views.view, name="view"),
    path("viec-da-chon/", views.bulk, name="bulk"),
    path("tim/", views.search, name="search"),
    path("he-thong/", system_views.jobs, name="jobs"),
    path("he-thong/viec-hong/<int:job_id>/chay-lai/", system_views.retry, name="retry"),
    path("he-thong/so-cai/", system_views.ledger, name="ledger"),
    path("he-thong/lich/", system_views.calendar, name="calendar"),
    path("he-thong/lich/thay-doi/", system_views.change_day, name="change_day"),
    path("he-thong/co-quan/", system_views.agencies, name="agencies"),
]
