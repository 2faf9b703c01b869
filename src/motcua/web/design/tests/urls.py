"""The design system alone, so that its tests need no other part."""

from django.urls import include, path

from motcua.web.design.tests import pages

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("try/upload", pages.upload),
    path("try/part", pages.part),
    path("try/diagram", pages.diagram),
    path("try/diagram.bpmn", pages.bpmn),
    path("", include("motcua.web.design.urls")),
]
handler404 = "motcua.web.errors.not_found"
handler500 = "motcua.web.errors.server_error"
