"""Addresses of this slice in the console."""

from django.urls import path

from motcua.subsystems.staffing import views

app_name = "staffing"
urlpatterns = [
    path("console/phan-cong/", views.assigning, name="assign"),
    path("console/phan-cong/quy-tac/", views.rule, name="rule"),
    path("console/phan-cong/phu-trach/", views.handle, name="handle"),
    path("console/phan-cong/dot/<uuid:uid>/", views.distribution, name="distribution"),
    path("console/phan-cong/dot/<uuid:uid>/dung/", views.stop, name="stop"),
    path("console/vang-mat/", views.absences_page, name="absences"),
    path("console/vang-mat/<uuid:uid>/", views.absence_act, name="absence"),
]
