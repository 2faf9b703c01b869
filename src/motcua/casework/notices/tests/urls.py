"""What the pages of this part need around them."""

from django.urls import include, path

urlpatterns = [
    path("", include("motcua.casework.notices.urls")),
    path("", include("motcua.web.design.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
