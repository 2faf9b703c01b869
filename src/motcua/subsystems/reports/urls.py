"""Routes for citizens and for everybody."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.reports.views import following, reading, sending

app_name = "reports"
urlpatterns = [
    path("phan-anh/", reading.reports, name="list"),
    path("phan-anh/gui/", sending.send, name="send"),
    path("phan-anh/theo-doi/<uuid:uid>/<slug:token>/", following.follow, name="follow"),
    path(
        "phan-anh/theo-doi/<uuid:uid>/<slug:token>/<slug:what>/", following.respond, name="respond"
    ),
    path("phan-anh/cua-toi/<uuid:uid>/", following.own, name="own"),
    path("phan-anh/anh/<uuid:uid>/", reading.photo, name="photo"),
    path("phan-anh/<slug:code>/", reading.report, name="report"),
    path("phan-anh/<slug:code>/cung-gap/", sending.me_too, name="me_too"),
]
