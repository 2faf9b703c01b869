"""Addresses of this slice in the console."""

from django.urls import path

from motcua.subsystems.partners import views

app_name = "partners"
urlpatterns = [
    path("console/he-thong-ket-noi/", views.show_partners, name="list"),
    path("console/he-thong-ket-noi/<int:partner_id>/", views.show_partner, name="partner"),
    path("console/he-thong-ket-noi/<int:partner_id>/khoa/", views.new_key, name="new_key"),
    path("console/he-thong-ket-noi/<int:partner_id>/vai-tro/", views.new_post, name="new_post"),
    path("console/he-thong-ket-noi/khoa/<str:prefix>/thu-hoi/", views.revoke, name="revoke"),
    path("console/he-thong-ket-noi/gui-lai/<uuid:uid>/", views.retry, name="retry"),
]
