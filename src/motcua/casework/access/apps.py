"""Django registration of this part."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "motcua.casework.access"
    label = "access"
    verbose_name = "Quyền truy cập"
