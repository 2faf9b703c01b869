"""Routes of the design system: the living page and the reader's preferences."""

from django.urls import path

from motcua.web.design import views
from motcua.web.design.preferences import save_preferences

app_name = "design"
urlpatterns = [
    path("design", views.page, name="page"),
    path("design/<slug:face>", views.page, name="face"),
    path("preferences", save_preferences, name="preferences"),
]
