"""Addresses of this slice; mounted under ``console/``."""

from django.urls import path

from motcua.subsystems.batches import views

app_name = "batches"
urlpatterns = [
    path("ky-loat/", views.own, name="own"),
    path("ky-loat/dot/<uuid:uid>/", views.one, name="one"),
    path("ky-loat/dot/<uuid:uid>/dung/", views.stop, name="stop"),
    path("ky-loat/dot/<uuid:uid>/lam-lai/", views.again, name="again"),
    path("ky-loat/<slug:slug>/", views.choose, name="choose"),
    path("ky-loat/<slug:slug>/phe-duyet/", views.give_approval, name="approve"),
    path("ky-loat/<slug:slug>/xem/<uuid:uid>/", views.leaf, name="leaf"),
]
