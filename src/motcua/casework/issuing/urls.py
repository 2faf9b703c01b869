"""Public checking of documents by file or code, and the documents themselves."""

from __future__ import annotations

from django.urls import path

from motcua.casework.issuing import views

app_name = "issuing"
urlpatterns = [
    path("verify/", views.verify_page, name="verify"),
    path("verify/<str:code>/", views.document_page, name="document"),
    path("documents/<uuid:uid>.pdf", views.document_file, name="file"),
]
