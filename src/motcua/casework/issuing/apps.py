"""Django registration of this part."""

from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "motcua.casework.issuing"
    label = "issuing"
    verbose_name = "Ban hành"
