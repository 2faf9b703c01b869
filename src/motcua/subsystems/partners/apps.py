"""Django registration of this part."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "motcua.subsystems.partners"
    label = "partners"
    verbose_name = "Hệ thống kết nối"

    def ready(self) -> None:
        """Permissions, menu, the way in by key, queues and subscriptions."""
        from motcua.subsystems.partners import manifest, tasks

        manifest.register()
        assert tasks
