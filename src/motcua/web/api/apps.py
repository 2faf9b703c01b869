"""Django registration of this part."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "motcua.web.api"
    label = "api"
    verbose_name = "API"
