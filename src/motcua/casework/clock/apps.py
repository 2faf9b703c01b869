"""Django registration of this part."""

from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "motcua.casework.clock"
    label = "clock"
    verbose_name = "Đồng hồ pháp lý"
