"""Routes of exports; mounted under ``console/``."""

from django.urls import path

from motcua.casework.exports import views

app_name = "exports"
urlpatterns = [
    path("tep-xuat/", views.own, name="own"),
    path("tep-xuat/moi/", views.ask, name="ask"),
    path("tep-xuat/<uuid:uid>/", views.one, name="one"),
    path("tep-xuat/<uuid:uid>/dung/", views.stop, name="stop"),
    path("tep-xuat/<uuid:uid>/tep", views.fetch, name="fetch"),
]
