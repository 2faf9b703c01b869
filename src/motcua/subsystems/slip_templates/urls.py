"""Addresses of this slice."""

from django.urls import path

from motcua.subsystems.slip_templates import views

app_name = "slip_templates"
urlpatterns = [
    path("mau-phieu/", views.listing, name="list"),
    path("mau-phieu/ban-soan/<uuid:uid>/", views.show_draft, name="draft"),
    path("mau-phieu/ban-soan/<uuid:uid>/sua/", views.change, name="change"),
    path("mau-phieu/ban-soan/<uuid:uid>/xem/", views.look, name="look"),
    path("mau-phieu/ban-soan/<uuid:uid>/quyet-dinh/", views.decide, name="decide"),
    path("mau-phieu/ban/<uuid:uid>/", views.show_version, name="version"),
    path("mau-phieu/<str:scope>/<slug:slug>/", views.show_form, name="form"),
    path("mau-phieu/<str:scope>/<slug:slug>/soan/", views.start, name="start"),
]
