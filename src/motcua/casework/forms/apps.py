"""Django registration of this part."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "motcua.casework.forms"
    label = "forms"
    verbose_name = "Biểu mẫu"
