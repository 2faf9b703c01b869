"""Addresses of this slice; mounted under ``console/``."""

from django.urls import path

from motcua.subsystems.escalation import views

app_name = "escalation"
urlpatterns = [
    path("thang-nhac-han/", views.ladders, name="ladders"),
    path("thang-nhac-han/moi/", views.set_new, name="set"),
    path("ho-so/<uuid:uid>/giai-trinh/<int:passed>/", views.explain_late, name="explain"),
]
