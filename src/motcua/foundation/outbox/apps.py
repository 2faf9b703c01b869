"""Django registration of this part; loads every app's ``tasks`` and ``events``."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "motcua.foundation.outbox"
    label = "outbox"
    verbose_name = "Hàng đợi"

    def ready(self) -> None:
        autodiscover_modules("tasks", "events")
