"""Django registration of this part."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "motcua.subsystems.staffing"
    label = "staffing"
    verbose_name = "Phân công và vắng mặt"

    def ready(self) -> None:
        """Permissions, menu, notices, subscriptions and queues."""
        from motcua.subsystems.staffing import manifest, tasks

        manifest.register()
        assert tasks
