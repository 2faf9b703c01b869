"""Routes of this part; mounted at the root."""

from django.urls import path

from motcua.casework.attachments import views

app_name = "attachments"
urlpatterns = [
    path("files/<uuid:uid>", views.original, name="original"),
    path("files/<uuid:uid>/pages/<int:number>", views.page, name="page"),
    path("files/<uuid:uid>/thumbnail", views.picture, {"kind": "thumbnail"}, name="thumbnail"),
    path("files/<uuid:uid>/preview", views.picture, {"kind": "preview"}, name="preview"),
]
