"""Routes for citizens and for the devices of the hall."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.reception.views import booking, devices

app_name = "reception"
urlpatterns = [
    path("dat-lich-hen/", booking.booking, name="book"),
    path("lich-hen/<uuid:uid>/<slug:token>/", booking.appointment, name="appointment"),
    path("lich-hen/<uuid:uid>/<slug:token>/doi/", booking.change, name="change"),
    path("lich-hen/<uuid:uid>/<slug:token>/lich-hen.ics", booking.calendar_file, name="ics"),
    path("may/<slug:key>/", devices.device, name="device"),
    path("may/<slug:key>/hien-tai/", devices.now_called, name="now"),
    path("may/<slug:key>/so/<uuid:uid>/", devices.slip, name="slip"),
    path("may/<slug:key>/so/<uuid:uid>/danh-gia/", devices.rate, name="rate"),
    path("may/<slug:key>/lich.ics", booking.feed, name="feed"),
]
