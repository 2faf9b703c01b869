"""Django registration of this part."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "motcua.casework.notices"
    label = "notices"
    verbose_name = "Thông báo"
