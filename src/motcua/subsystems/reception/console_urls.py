"""Routes of the hall for officials; mounted under ``console/``."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.reception.console_views import days, hall, setup

app_name = "reception_console"
urlpatterns = [
    path("sanh/", hall.board, name="hall"),
    path("sanh/hien-tai/", hall.live, name="live"),
    path("sanh/mo-quay/", hall.open_counter, name="open"),
    path("sanh/dong-quay/", hall.close_counter, name="close"),
    path("sanh/goi/", hall.call_next, name="next"),
    path("sanh/lay-so/", hall.hand_out, name="hand_out"),
    path("sanh/so/<uuid:uid>/chuyen/", hall.transfer, name="transfer"),
    path("sanh/so/<uuid:uid>/<slug:what>/", hall.act, name="act"),
    path("sanh/so-lieu/", hall.figures, name="figures"),
    path("sanh/thiet-lap/", setup.setup, name="setup"),
    path("lich-hen/", days.appointments, name="appointments"),
    path("lich-hen/<uuid:uid>/den/", days.arrive, name="arrive"),
    path("lich-hen/<uuid:uid>/huy/", days.cancel, name="cancel"),
]
