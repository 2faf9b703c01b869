"""Addresses of this slice."""

from django.urls import path

from motcua.subsystems.supervision import views

app_name = "supervision"
urlpatterns = [
    path("danh-gia-don-vi/", views.published, name="published"),
    path("console/giam-sat/", views.show_board, name="board"),
    path("console/giam-sat/<str:agency>/", views.show_agency, name="agency"),
    path("console/danh-gia/", views.show_periods, name="periods"),
    path("console/danh-gia/mo/", views.open_new, name="open"),
    path("console/danh-gia/<str:code>/", views.show_period, name="period"),
    path("console/danh-gia/<str:code>/chot/", views.close, name="close"),
    path("console/danh-gia/<str:code>/don-vi/<str:agency>/", views.show_unit, name="unit"),
    path("console/danh-gia/<str:code>/don-vi/<str:agency>/ghi/", views.enter, name="enter"),
    path(
        "console/danh-gia/<str:code>/don-vi/<str:agency>/can-bo/<uuid:account>/",
        views.show_person,
        name="person",
    ),
    path("console/danh-gia/<str:code>/ho-so/<uuid:uid>/", views.show_dossier, name="dossier"),
    path("console/danh-gia/<str:code>/ho-so/<uuid:uid>/thai-do/", views.attitude, name="attitude"),
]
