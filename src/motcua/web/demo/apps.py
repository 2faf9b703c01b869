"""Django registration of this part."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "motcua.web.demo"
    label = "demo"
    verbose_name = "Thành phố mẫu"
