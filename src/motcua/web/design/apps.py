"""Django registration of this part."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "motcua.web.design"
    label = "design"
    verbose_name = "Hệ thiết kế"
