"""Routes of notices; included at the root."""

from django.urls import path

from motcua.casework.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.own_notices, name="own"),
    path("notices/read-all", views.read_all, name="read_all"),
    path("notices/<uuid:uid>/read", views.read, name="read"),
    path("notices/stop/<str:token>", views.opt_out, name="opt_out"),
    path("demo/mail", views.mailbox, name="mailbox"),
    path("demo/mail/<uuid:uid>", views.mail, name="mail"),
]
