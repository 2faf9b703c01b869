"""Addresses of this slice."""

from django.urls import path

from motcua.subsystems.mass_notices import views

app_name = "mass_notices"
urlpatterns = [
    path("thong-bao-hang-loat/", views.listing, name="list"),
    path("thong-bao-hang-loat/moi/", views.fresh, name="new"),
    path("thong-bao-hang-loat/moi/luu/", views.keep_new, name="keep_new"),
    path("thong-bao-hang-loat/<uuid:uid>/", views.one, name="one"),
    path("thong-bao-hang-loat/<uuid:uid>/sua/", views.edit, name="edit"),
    path("thong-bao-hang-loat/<uuid:uid>/luu/", views.keep_again, name="keep"),
    path("thong-bao-hang-loat/<uuid:uid>/viec/", views.act, name="act"),
]
