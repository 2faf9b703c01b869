"""Django registration of this part."""

from django.apps import AppConfig


class LimitingConfig(AppConfig):
    name = "motcua.foundation.limiting"
    label = "limiting"
    verbose_name = "Giới hạn số lần"
